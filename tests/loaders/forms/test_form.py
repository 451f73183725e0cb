import pytest

from graph_model.errors import SchemaError
from loaders.forms.form import Yields, parse_form, read_forms

SMALLEST = """
label = "Subdistrict"
title.zh = "街道"
title.en = "Sub-district"
sheets = ["街道"]
explain.zh = "说明"
explain.en = "explanation"
identity = [["name"]]

[[column]]
heading = "街道名称"
aliases = ["街道"]
property = "name"
required = true
"""

AREA = SMALLEST.replace("Subdistrict", "ResidentialArea")


def with_column(text: str) -> str:
    return f"{AREA}\n[[column]]\n{text}\n"


def test_the_smallest_form():
    form = parse_form("subdistricts", SMALLEST)
    assert form.label == "Subdistrict"
    assert form.identity == (("name",),)
    assert [c.heading for c in form.columns] == ["街道名称"]
    assert form.column("街道名称").required


def test_all_forms_that_ship_are_right():
    assert [f.id for f in read_forms()] == [
        "activities",
        "awards",
        "branch_meetings",
        "branches",
        "commercial_areas",
        "joint_meetings",
        "matters",
        "members",
        "pairs",
        "post_holders",
        "representative_meetings",
        "residential_areas",
        "subdistricts",
        "totals",
        "units",
    ]
    assert [f.id for f in read_forms() if f.totals] == ["totals"]


def test_a_tie_knows_its_ends():
    form = parse_form(
        "x", with_column('heading = "相邻"\ntie = "ADJACENT_TO"\nto = ["ResidentialArea"]\nmany = true')
    )
    column = form.column("相邻")
    assert (column.tie, column.ends, column.reverse, column.many) == (
        "ADJACENT_TO",
        ("ResidentialArea",),
        False,
        True,
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("not toml", "TOML"),
        (SMALLEST.replace('label = "Subdistrict"', 'label = "Street"'), "Street"),
        (SMALLEST.replace('label = "Subdistrict"', ""), "label"),
        (SMALLEST + 'colour = "red"', "colour"),
        (SMALLEST.replace('property = "name"', 'property = "size"'), "size"),
        (SMALLEST.replace('[["name"]]', '[["size"]]'), "size"),
        (with_column('heading = "街道"\nproperty = "number"'), "街道"),
        (with_column('heading = "x"'), "x"),
        (with_column('heading = "x"\ntie = "LEADS"\nto = ["Unit"]'), "LEADS"),
        (with_column('heading = "x"\ntie = "PART_OF"\nto = ["Unit"]'), "Unit"),
        (with_column('heading = "x"\ntie = "PART_OF"'), "PART_OF"),
        (with_column('heading = "x"\non = "MANAGES"\nproperty = "buildings"'), "MANAGES"),
        (with_column('heading = "x"\npart = "number"'), "number"),
        (
            with_column('heading = "x"\ntie = "PART_OF"\nto = ["Subdistrict"]\noutside = "街道名称"'),
            "outside",
        ),
        (SMALLEST.replace("[[column]]", 'name_from = ["区域"]\n\n[[column]]', 1), "区域"),
    ],
)
def test_a_faulty_form_is_refused_and_says_why(text, named):
    with pytest.raises(SchemaError) as refused:
        parse_form("x", text)
    assert named in refused.value.text.zh


def test_a_form_says_which_headings_imply_a_value_and_with_which_a_table_is_another():
    column = 'heading = "户数"\nproperty = "households"\n[column.implied]\n"300" = ["三百户小区"]\n'
    yields = '[[yields]]\nheadings = ["街道"]\nbeside = ["单位"]\n'
    form = parse_form("x", with_column(column + yields))
    assert form.column("户数").implied == (("三百户小区", "300"),)
    assert form.yields == (Yields(("街道",), ("单位",)),)
    with pytest.raises(SchemaError, match="among"):
        parse_form("x", with_column(column + yields.replace("beside", "among")))


def test_no_heading_stands_for_two_columns_of_a_form():
    for form in read_forms():
        spoken = [h.lower().replace(" ", "") for c in form.columns for h in (c.heading, *c.aliases)]
        assert len(spoken) == len(set(spoken)), form.id


def test_what_a_form_yields_to_and_what_implies_a_value_are_headings_that_are_read():
    for form in read_forms():
        spoken = {h for c in form.columns for h in (c.heading, *c.aliases)}
        assert {h for c in form.columns for h, _ in c.implied} <= spoken

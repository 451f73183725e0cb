"""A site's own rules and thresholds: read beside the built-in ones, named where faulty, tried without writing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from explorer.settings import Settings
from graph_model.coverage.catalogue import BUILT_IN, parse_rule, read_catalogue, read_rule
from graph_model.coverage.evaluate import figures, try_rule
from graph_model.errors import InputError
from graph_model.profile import read_profile
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node

PROFILE = read_profile()
NOW = "2006-10"
TEXT = """
title = { zh = "没有从业人数的单位", en = "Units without a number of employees" }
population = { zh = "单位", en = "Units" }
about = "Unit"
severity = "low"
clause = { zh = "本街道通知", en = "A local notice" }
advice = { zh = "补报。", en = "Ask for it." }
params = { minimum = "branch.min_full_members" }
columns = { n = { zh = "人数", en = "Employees" } }
reasons = { none = { zh = "没有填从业人数（{n}）", en = "No number of employees ({n})" } }
[cypher]
text = '''
MATCH (u:Unit)
WITH u, CASE WHEN u.employees IS NULL THEN 'none' ELSE '' END AS reason
WITH u.key AS key, u.name AS name, u.employees AS n, reason,
     CASE WHEN reason = '' THEN 'ok' ELSE 'gap' END AS status'''
"""


def site(tmp_path: Path, **files: str) -> Settings:
    (tmp_path / "rules").mkdir()
    for name, text in files.items():
        (tmp_path / "rules" / f"{name}.toml").write_text(text, "utf-8")
    return Settings(tmp_path)


def test_own_rules_stand_beside_the_built_in_ones_and_run(store: Store, tmp_path: Path) -> None:
    settings = site(tmp_path, employees=TEXT)
    catalogue = settings.catalogue()
    assert len(catalogue.rules) == len(read_catalogue().rules) + 1
    assert catalogue.faults == ()
    fill(store, graph(node("u_1", employees=7), node("u_2")))
    answer = {f.rule.id: f for f in figures(store, catalogue, settings.profile(), NOW)}
    assert (answer["employees"].population, answer["employees"].gaps) == (2, 1)
    assert all(f.failed is None for f in answer.values())


def test_faulty_files_are_named_with_file_and_key_and_the_rest_run(store: Store, tmp_path: Path) -> None:
    settings = site(
        tmp_path,
        good=TEXT,
        threshold=TEXT.replace("branch.min_full_members", "branch.min_ful_members"),
        writes=TEXT.replace("MATCH (u:Unit)\n", "MATCH (u:Unit) SET u.name = 'x'\n"),
        own_branch_due="title = 3",
    )
    (tmp_path / "rules" / "coded.toml").write_bytes(TEXT.encode("gb18030"))
    (tmp_path / "rules" / "Not A Name.toml").write_text(TEXT, "utf-8")
    (tmp_path / "profile.toml").write_text(
        "[branch.max_members]\nvalue = 'x'\n[meeting.months]\nvalue = 6\n", "utf-8"
    )
    catalogue, profile = settings.catalogue(), settings.profile()
    said = " ".join(f.message("en") for f in catalogue.faults)
    for file, key in (
        ("threshold.toml", "params.minimum"),
        ("writes.toml", "cypher.text"),
        ("own_branch_due.toml", "about"),
        ("coded.toml", "UTF-8"),
        ("Not A Name.toml", "file name"),
    ):
        assert file in said
        assert key in said
    assert "branch.min_full_members" in said  # the nearest threshold that there is
    [fault] = profile.faults
    assert "branch.max_members.value" in fault.message("en")
    assert (profile.value("meeting.months"), profile.value("branch.max_members")) == (6, 50)
    # the faulty file of a built-in name leaves the built-in rule standing
    assert {r.id for r in catalogue.rules} == {r.id for r in read_catalogue().rules} | {"good"}
    assert all(f.failed is None for f in figures(store, catalogue, profile, NOW))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("MATCH (u:Unit)\n", "MATCH (u:Unit) DETACH DELETE u\n", "only reads"),
        ("MATCH (u:Unit)\n", "MATCH (u:Unit) create (:Unit)\n", "only reads"),
        ("MATCH (u:Unit)\n", "CALL db.labels() YIELD label MATCH (u:Unit)\n", "cypher.text"),
        ("MATCH (u:Unit)\n", "LOAD CSV FROM 'file:///x' AS row MATCH (u:Unit)\n", "cypher.text"),
        ("u.employees AS n, reason,", "reason,", "the last WITH lacks n"),
        ("（{n}）", "（{m}）", "{m} → minimum, n"),
        ("columns = { n =", "columns = { k =", "lacks k"),
        ('columns = { n = { zh = "人数", en = "Employees" } }', 'columns = ["n"]', "columns"),
        ('about = "Unit"', 'about = ["Unit"]', "about"),
        ('severity = "low"', "severity = []", "severity"),
        ('params = { minimum = "branch.min_full_members" }', "params = 3", "params"),
    ],
)
def test_what_is_wrong_is_said_before_a_store_is_asked(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError) as refused:
        parse_rule("mine", TEXT.replace(old, new))
    assert "mine.toml" in refused.value.message("en")
    assert said in refused.value.message("en")


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (u:Unit {name: 'SET x DELETE'})\n",
        "// DELETE nothing\nMATCH (u:Unit)\n",
        "MATCH (u:Unit) WHERE u.set IS NULL AND NOT (u)-[:REMOVE]->()\n",
        "MATCH (u:Unit) CALL (u) { WITH u RETURN 1 AS one }\nWITH u\n",
    ],
)
def test_words_in_quotes_comments_labels_and_properties_are_no_writing(text: str) -> None:
    assert parse_rule("mine", TEXT.replace("MATCH (u:Unit)\n", text)).id == "mine"


def test_the_built_in_rules_pass_the_same_checks() -> None:
    for file in BUILT_IN.glob("*.toml"):
        assert read_rule(file, PROFILE).id == file.stem


def test_a_rule_is_tried_on_what_is_loaded(store: Store) -> None:
    fill(store, graph(node("u_1", employees=7), node("u_2")))
    before = store.held(), store.state()
    assert try_rule(store, parse_rule("mine", TEXT), PROFILE, NOW).gaps == 1
    for old, new, said in (
        ("THEN 'none'", "THEN 'nothing'", "reason"),
        ("ELSE 'gap'", "ELSE 'gaps'", "status"),
        ("u.key AS key", "'x' + u.key AS key", "u_…"),
        ("MATCH (u:Unit)", "MATCH (u:Unit", "cypher.text"),
    ):
        assert old in TEXT
        with pytest.raises(InputError) as refused:
            try_rule(store, parse_rule("mine", TEXT.replace(old, new)), PROFILE, NOW)
        assert said in refused.value.message("en")
    assert (store.held(), store.state()) == before


def test_a_rule_that_writes_past_the_first_check_is_refused_by_the_store(store: Store) -> None:
    """The store's own rights are the fence: the words are only looked at to say it sooner and better."""
    fill(store, graph(node("u_1")))
    rule = parse_rule("mine", TEXT)
    sly = replace(rule, cypher=rule.cypher.replace("MATCH (u:Unit)", "MATCH (u:Unit) SET u.name = 'x'"))
    before = store.held()
    with pytest.raises(InputError, match="not run"):
        try_rule(store, sly, PROFILE, NOW)
    assert store.held() == before

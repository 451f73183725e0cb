"""The counts of the overview are those of the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from explorer.answers import Answers
from explorer.gaps.counts import gap_counts
from explorer.gaps.gap_rows import SHOWN_STATUSES, GapFilter, filter_rows, finding_rows
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.findings.findings import edit, finding_key, read_findings
from graph_model.findings.refresh import refresh_findings
from graph_model.profile import Reckoning, read_profile
from graph_model.store.store import Store
from tests.support.graphs import ROUND, fill, graph, node, random_graph, staff, tie

NOW, TODAY = "2006-10", date(2006, 11, 1)
PROFILE, CATALOGUE = replace(read_profile(), given=Reckoning("2006-10", "setting")), read_catalogue()
DUE = CATALOGUE.rule("own_branch_due")
ONE = Catalogue((DUE,))
FIELD = graph(
    node("r_1", name="檀香"),
    node("u_1", name="甲", kind="property_company", status="operating"),
    node("u_2", name="乙", kind="property_company", status="operating"),
    staff("u_1", full=3),
    staff("u_2", full=4),
    tie("u_1 MANAGES r_1"),
)


def test_the_counts_of_the_overview_are_those_of_the_list(store: Store) -> None:
    fill(store, FIELD)
    answers = Answers(store, CATALOGUE, PROFILE)
    answers.refresh()
    [key] = [f.key for f in read_findings(store) if f.rule == DUE.id and f.subject == "u_1"]
    edit(store, [key], {"due": "2006-10-01", "owner": "王"})
    today = date(2006, 11, 1)
    rows = finding_rows(answers, Viewer(), NOW, NOW, today)
    counts = gap_counts(answers, NOW, today)
    assert counts.overdue == sum(r.overdue for r in rows) == 1
    assert counts.lives.get("cleared", 0) == 0
    problems = [r for r in rows if r.nature != "data"]
    assert counts.lives["new"] == sum(r.life == "new" for r in problems) == len(problems)
    for severity, number in counts.severities.items():
        assert number == sum(r.open and r.severity == severity for r in problems)
    [area] = counts.areas
    mine = [r for r in problems if any(a.key == "r_1" for a in r.areas)]
    assert (area.area.name, area.overdue, sum(area.gaps.values())) == ("檀香", 1, len(mine))
    assert area.gaps["high"] == sum(r.severity == "high" for r in mine) > 0


def test_what_an_earlier_round_cleared_is_not_counted_for_this_one(store: Store) -> None:
    for round_, full in (("2006-04", 3), ("2006-07", 1), ("2006-10", 1)):
        field = graph(node("u_1", name="甲", status="operating"), staff("u_1", full=full))
        fill(store, field, round=replace(ROUND, name=round_, as_of=round_))
        refresh_findings(store, ONE, PROFILE)
        answers = Answers(store, ONE, PROFILE)
        counted = gap_counts(answers, round_, date(2006, 11, 1)).lives
        listed = [
            r for r in finding_rows(answers, Viewer(), round_, round_, date(2006, 11, 1)) if r.cleared_now
        ]
        assert counted.get("cleared", 0) == len(listed) == (1 if round_ == "2006-07" else 0)


def test_the_list_that_a_figure_leads_to_has_as_many_rows(store: Store) -> None:
    fill(store, random_graph(91, 20))
    answers = Answers(store, CATALOGUE, PROFILE)
    answers.refresh()
    rows = finding_rows(answers, Viewer(), NOW, NOW, TODAY)
    counts = gap_counts(answers, NOW, TODAY)
    assert list(counts.severities) == ["high", "medium", "low"]
    for severity, number in counts.severities.items():
        wanted = GapFilter(severities=(severity,), lives=SHOWN_STATUSES)
        assert len(filter_rows(rows, wanted)) == number > 0
    for area in counts.areas:
        wanted = GapFilter(areas=(area.area.key,), lives=SHOWN_STATUSES)
        assert len(filter_rows(rows, wanted)) == sum(area.gaps.values())
    for nature, number in counts.natures.items():
        wanted = GapFilter(natures=(nature,), lives=SHOWN_STATUSES)
        assert len(filter_rows(rows, wanted)) == number > 0
    # questions to the data are in their own figure only
    assert sum(counts.severities.values()) == counts.natures["blank"] + counts.natures["irregular"]
    new = filter_rows(rows, GapFilter(lives=("new",)))
    assert counts.lives["new"] == len(new) < len(rows)
    worst = [tuple(a.gaps[s] for s in counts.severities) for a in counts.areas]
    assert worst == sorted(worst, reverse=True)
    assert len(counts.areas) > 1


def test_a_rule_that_is_gone_counts_as_low_as_in_the_list(store: Store) -> None:
    fill(store, FIELD)
    refresh_findings(store, ONE, PROFILE)
    counts = gap_counts(Answers(store, Catalogue(()), PROFILE), NOW, TODAY)
    assert counts.severities == {"high": 0, "medium": 0, "low": 2}
    assert [(a.area.key, a.gaps["low"]) for a in counts.areas] == [("r_1", 1)]


def test_what_was_arranged_is_counted_at_once(store: Store) -> None:
    fill(store, FIELD)
    answers = Answers(store, ONE, PROFILE)
    answers.refresh()
    assert gap_counts(answers, NOW, TODAY).overdue == 0
    edit(store, [finding_key(DUE.id, "u_1")], {"due": "2006-10"})
    assert gap_counts(answers, NOW, TODAY).overdue == 1


def test_an_empty_store_has_no_gaps(store: Store) -> None:
    counts = gap_counts(Answers(store, CATALOGUE, PROFILE), NOW, TODAY)
    assert (counts.severities, dict(counts.lives)) == ({"high": 0, "medium": 0, "low": 0}, {})
    assert (counts.overdue, counts.areas) == (0, ())

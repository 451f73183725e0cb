"""What was written about a difference stays with the round."""

import pytest

from graph_model.graph import Place
from graph_model.keys import KeyMaker
from graph_model.secret import site_secret
from graph_model.text import Text
from loaders.history.explanations import carry_over_explanations
from loaders.history.file_archive import ArchivedFile
from loaders.history.load_log import LoadEntry, StateBefore, read_history
from loaders.history.undo import undo_last
from loaders.map.read_files import FileDigest
from loaders.pipeline import apply, explain, prepare
from loaders.prepared_load import LoadRequest
from loaders.reconcile.declared import Difference

SHEET = Place("2006-10", "a.csv", "a", 2)


def difference(
    explanation: str = "", found: int = 44, area: str = "", place: Place | None = SHEET
) -> Difference:
    return Difference("members", Text("党员", "Members"), 45, found, found - 45, place, explanation, area)


def last(explanation: str) -> LoadEntry:
    total = {"id": "members", "area": "", "declared": 45, "found": 44, "explanation": explanation}
    before = StateBefore(0, None, None, None)
    return LoadEntry(
        "1",
        "2006-10",
        True,
        "王",
        "",
        before,
        files=(ArchivedFile("a.csv", "one", "one"),),
        totals=(total,),
    )


@pytest.mark.parametrize(
    ("now", "sha256", "then", "explanation"),
    [
        (difference(), "one", "一人转出", "一人转出"),
        (difference(), "two", "一人转出", "一人转出"),
        (difference("表里的"), "one", "一人转出", "一人转出"),
        (difference("表里新写的"), "two", "一人转出", "表里新写的"),
        (difference("表里的"), "one", "", "表里的"),
        (difference(found=43), "one", "一人转出", ""),
        (difference(area="a_1"), "one", "一人转出", ""),
        (difference(place=None), "one", "一人转出", "一人转出"),
    ],
)
def test_what_was_said_of_the_same_figures_is_said_again(now, sha256, then, explanation):
    [found] = carry_over_explanations([now], last(then), [FileDigest("a.csv", sha256)])
    assert found.explanation == explanation


def test_without_an_earlier_load_nothing_is_said():
    assert carry_over_explanations([difference()], None, []) == (difference(),)


@pytest.mark.parametrize("complete", [True, False])
def test_an_explanation_stays_with_the_round(store, tmp_path, complete):
    data, secret = tmp_path / "data", site_secret(tmp_path / "data")
    path = tmp_path / "单位.csv"
    path.write_text("单位名称,单位类别\n甲物业,物业公司\n", "utf-8")

    def ready():
        return prepare(
            store,
            LoadRequest(
                [path],
                keys=KeyMaker(secret),
                data=data,
                complete=complete,
                round="2006-10",
                declare=["companies=2"],
            ),
        )

    def said(loaded) -> list[str]:
        return [d.explanation for d in loaded.differences if d.declared is not None]

    apply(store, explain(ready(), {("companies", ""): "一家注销"}))
    for _ in range(2):
        again = ready()
        assert said(again) == ["一家注销"]
        apply(store, again)
    path.write_text("单位名称,单位类别\n甲物业,物业公司\n乙物业,物业公司\n", "utf-8")
    assert said(ready()) == [""]
    apply(store, explain(ready(), {("companies", ""): "已补"}))
    undo_last(store, data)
    path.write_text("单位名称,单位类别\n甲物业,物业公司\n", "utf-8")
    assert said(ready()) == ["一家注销"]
    assert [e.standing for e in read_history(data, store)] == ["undo", "undone"] + ["standing"] * 3

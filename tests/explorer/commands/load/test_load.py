"""`branchmap load`: what is asked wrongly is refused before an engine starts; the JSON names nobody who may not be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explorer.commands.load.load import as_value
from explorer.commands.load.plan import listed
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.plan import make_plan
from graph_model.store.store import State
from graph_model.text import Text
from loaders.prepared_load import LoadRequest, PreparedLoad
from loaders.reconcile.declared import Difference
from loaders.reconcile.movement import Movement
from loaders.resolve.aliases import MatchProposal
from loaders.survey import read_round
from tests.support.books import save, save_round
from tests.support.command_line import Line, Printed

UNITS = [["单位名称", "单位类别"], ["甲物业", "物业公司"]]
COMPANIES = Text("物业公司", "Property companies")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.xlsx"], "找不到"),
        (["round", "--marked", "round/m.xlsx"], "在要导入的文件夹"),
        (["round", "--marked", "round/a.xlsx"], "在要导入的文件夹"),
        (["round", "--marked", "home/m.xlsx"], "数据文件夹"),
        (["round", "--struck", "drop"], "--struck 的值不对"),
        ([], "缺少"),
    ],
)
def test_a_wrong_wish_is_refused_before_an_engine_starts(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    save_round(tmp_path / "round", 单位=UNITS)
    (tmp_path / "home").mkdir()
    given = [a if a.startswith("--") or a == "drop" else str(tmp_path / a) for a in arguments]
    done = Line(tmp_path / "home")("load", *given)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "home" / "engine").exists()


def test_the_json_of_a_load_masked_and_clear(tmp_path: Path) -> None:
    path = save(
        tmp_path / "党员王小明.xlsx",
        党员=[["姓名", "入党时间"], ["诸葛明亮", "某年"], ["李小红", "2001"]],
        单位=UNITS,
    )
    reading = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    load = PreparedLoad(
        LoadRequest([path], KeyMaker(b"test")),
        reading,
        make_plan(reading.graph, Graph.of((), ()), complete=False),
        State(round="2006-12"),
        (
            Difference("companies", COMPANIES, 3, 1, -2, explanation="另有两家"),
            Difference("companies", COMPANIES, None, 1, 0, area="r_1"),
        ),
        {},
        proposals=(MatchProposal("王小名", "Member", "王小明", 93, ("党员王小明.xlsx 党员 A2",)),),
        movements=(Movement("companies", "", 0, 1, 0), Movement("companies", "r_1", 0, 1, 0)),
        names={"r_1": "檀香居民区"},
        clean_rows=True,
        graph=reading.graph,
    )

    def value(**how: object) -> dict[str, object]:
        context = Printed.on(tmp_path, **how).context  # type: ignore[arg-type]
        return as_value(load, listed(context, load.plan, load.graph, most=9), context, applied=False)

    masked, clear = value(), value(names=True, language="en")
    assert not any(
        name in json.dumps(masked, ensure_ascii=False) for name in ("小明", "小名", "明亮", "小红")
    )
    assert masked["files"] == [{"name": "党员王**.xlsx", "sha256": reading.files[0].sha256}]
    assert [masked[k] for k in ("round", "held_round", "older", "complete", "clean_rows", "applied")] == [
        "2006-10",
        "2006-12",
        True,
        False,
        True,
        False,
    ]
    assert [p["candidate"] for p in masked["proposals"]] == ["王**"]  # type: ignore[attr-defined]
    assert [p["candidate"] for p in clear["proposals"]] == ["王小明"]  # type: ignore[attr-defined]
    assert (masked["rows"], len(masked["left_out"]), masked["reconciled"]) == (3, 1, False)  # type: ignore[arg-type]
    assert clear["reconciliation"] == [
        {
            "id": "companies",
            "title": "Property companies",
            "declared": 3,
            "found": 1,
            "difference": -2,
            "rejected": 0,
            "merged": 0,
            "unmatched": 0,
            "explanation": "另有两家",
        }
    ]
    assert [(a["area"], a["difference"]) for a in masked["areas"]] == [("檀香居民区", None)]  # type: ignore[attr-defined]
    assert [m["area"] for m in masked["movements"]] == [None, "檀香居民区"]  # type: ignore[attr-defined]

"""`branchmap status`: one value for people and programs, with nothing loaded and with a round."""

from __future__ import annotations

from pathlib import Path

from explorer.commands.context import Context
from explorer.commands.status import as_value, engine_value
from explorer.settings import Settings
from graph_model.coverage.catalogue import Catalogue
from graph_model.findings.snapshot import read_snapshot, stored_rates_by_part
from graph_model.profile import read_profile
from graph_model.store.store import Store
from tests.support.command_line import Printed
from tests.support.graphs import fill, graph, node, staff

NONE, PROFILE = Catalogue(()), read_profile()


def value(store: Store, context: Context, as_of: str | None) -> dict[str, object]:
    now = read_snapshot(store, NONE, PROFILE, as_of)
    return as_value(context, store, now, stored_rates_by_part(store, NONE, PROFILE, as_of))


def test_nothing_loaded_has_zero_totals_and_no_share(store: Store, tmp_path: Path) -> None:
    said = value(store, Printed.on(tmp_path).context, None)
    assert (said["round"], said["rounds"], said["trend"], said["data"]) == (None, [], [], str(tmp_path))
    assert said["totals"]["companies"] == 0  # type: ignore[index]
    assert said["coverage"]["organisation"] == {  # type: ignore[index]
        "numerator": 0,
        "denominator": 0,
        "unknown": 0,
        "closed": 0,
        "share": None,
    }


def test_a_round_with_its_totals_and_rates(store: Store, tmp_path: Path) -> None:
    company = {"kind": "property_company", "ownership": "private"}
    fill(
        store,
        graph(
            node("u_1", status="operating", **company),
            node("u_2", **company),
            node("u_3", status="closed", **company),
            staff("u_1", full=2),
        ),
    )
    said = value(store, Printed.on(tmp_path, language="en").context, "2006-10")
    assert said["round"] == "2006-10"
    assert {k: said["totals"][k] for k in ("companies", "private", "members")} == {  # type: ignore[index]
        "companies": 3,
        "private": 3,
        "members": 2,
    }
    rate = {"numerator": 0, "denominator": 1, "unknown": 1, "closed": 1, "share": 0.0}
    assert said["coverage"]["organisation"] == rate  # type: ignore[index]
    assert ("Private", rate) in [(p["name"], p["organisation"]) for p in said["coverage_by"]["ownership"]]  # type: ignore[index]
    assert said["rounds"] == [
        {
            "name": "2006-10",
            "as_of": "2006-10",
            "loaded": "2006-11-01T08:00:00+00:00",
            "declared": {"companies": 29},
            "files": 1,
        }
    ]


def test_of_a_server_its_address_is_said_and_no_password(store: Store, tmp_path: Path) -> None:
    printed = Printed.on(tmp_path)
    settings = Settings(tmp_path, store="bolt://user@host", password="a-secret-word")
    on_server = Context(settings, printed.context.out, printed.context.err)
    assert engine_value(on_server, store) == {"kind": "server", "url": store.url}
    assert engine_value(printed.context, store)["kind"] == "bundled"

"""A round is rebuilt from its kept files as it was loaded, or it is said why it is not."""

import json
import zipfile
from pathlib import Path

import pytest

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from graph_model.secret import site_secret
from graph_model.store.store import Store
from loaders.history.load_log import MANIFEST, read_history
from loaders.history.rebuild import rebuild
from loaders.history.undo import undo_last
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def units(*names: str) -> str:
    return "单位名称,单位类别\n" + "".join(f"{name},物业公司\n" for name in names)


def load(store: Store, data: Path, *paths: Path, complete: bool | None = True, round_="2006-04", **more):
    secret = site_secret(data)
    prepared = prepare(
        store,
        LoadRequest(list(paths), keys=KeyMaker(secret), round=round_, complete=complete, data=data, **more),
    )
    apply(store, prepared)
    return store.held()


def named(folder: Path, *names: str) -> list[Path]:
    """Files of these names; those with a slash are packed into one .zip."""
    paths = []
    with zipfile.ZipFile(folder / "p.zip", "w") as archive:
        for n, name in enumerate(names):
            if any("/" in one for one in names):
                archive.writestr(name, units(f"公司{n}号"))
                paths = [folder / "p.zip"]
            else:
                (folder / name).write_text(units(f"公司{n}号"), "utf-8")
                paths.append(folder / name)
    return paths


@pytest.mark.parametrize(
    "names",
    [
        (".hid.csv", "v.csv"),
        (".csv..csv",),
        ("x.csv", "x.csv/y.csv"),
        ("a//b.csv", "c.csv"),
        ("a./b.csv", "./x.csv"),
    ],
    ids=str,
)
def test_a_file_that_could_be_loaded_can_be_rebuilt_whatever_its_name(store, data, tmp_path, names):
    held = load(store, data, *named(tmp_path, *names))
    assert len(held.nodes) == len(names)
    assert rebuild(data, "2006-04") == held


def test_a_kept_file_that_is_missing_is_named_with_its_round(store, data, tmp_path):
    load(store, data, *named(tmp_path, "v.csv"))
    [entry] = read_history(data, store)
    (data / "rounds" / "files" / entry.files[0].kept).unlink()
    with pytest.raises(InputError, match=r"2006-04 无法重建：保存的文件 v\.csv 已缺失") as raised:
        rebuild(data, "2006-04")
    assert raised.value.text.en.startswith("2006-04 cannot be rebuilt: the kept file v.csv is missing")


def test_what_reads_otherwise_than_when_it_was_loaded_is_no_rebuilt_round(store, data, tmp_path):
    path = tmp_path / "v.csv"
    path.write_text(units("甲物业", ""), "utf-8")
    held = load(store, data, path, complete=None, clean_rows=True)
    assert rebuild(data, "2006-04") == held  # that row was left out when it was loaded, too
    [entry] = read_history(data, store)
    manifest = entry.folder(data) / MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text("utf-8")), "problems": []}), "utf-8")
    with pytest.raises(InputError, match=r"2006-04 无法重建.*1 处.*v\.csv · v · A3"):
        rebuild(data, "2006-04")


def test_a_round_whose_words_were_told_as_other_values_by_an_earlier_version_is_rebuilt(
    store, data, tmp_path
):
    path = tmp_path / "v.csv"
    path.write_text("单位名称,单位类别\n甲物业,物业公司\n乙物业,某某\n", "utf-8")
    held = load(store, data, path, complete=None, clean_rows=True)
    [entry] = read_history(data, store)
    manifest = entry.folder(data) / MANIFEST
    kept = json.loads(manifest.read_text("utf-8"))
    assert [p["code"] for p in kept["problems"]] == ["unknown_term"]
    earlier = [p | {"code": "bad_value"} for p in kept["problems"]]
    manifest.write_text(json.dumps({**kept, "problems": earlier}), "utf-8")
    assert rebuild(data, "2006-04") == held


def saved(folder: Path, *names: str) -> Path:
    path = folder / f"{'-'.join(names)}.csv"
    path.write_text(units(*names), "utf-8")
    return path


def test_a_partial_load_into_a_store_that_was_undone_to_nothing_is_rebuilt(store, data, tmp_path):
    load(store, data, saved(tmp_path, "甲物业"))
    undo_last(store, data)
    held = load(store, data, saved(tmp_path, "乙物业"), complete=False, round_="2006-10")
    assert rebuild(data, "2006-10") == held
    assert len(held.nodes) == 1


def test_a_partial_load_after_two_that_were_undone_is_rebuilt(store, data, tmp_path):
    load(store, data, saved(tmp_path, "甲物业"))
    for name in ("乙物业", "丙物业"):
        load(store, data, saved(tmp_path, name), complete=False, round_="2006-10")
    undo_last(store, data)
    undo_last(store, data)
    held = load(store, data, saved(tmp_path, "丁物业"), complete=False, round_="2006-10")
    assert rebuild(data, "2006-10") == held
    assert len(held.nodes) == 2


@pytest.mark.parametrize("undone", [False, True])
def test_a_partial_load_upon_what_was_loaded_elsewhere_is_refused(store, data, tmp_path, undone):
    other = tmp_path / "other"
    load(store, other, saved(tmp_path, "甲物业"))
    data.mkdir()
    (data / "site.secret").write_bytes((other / "site.secret").read_bytes())
    if undone:  # here: what is then held came from elsewhere all the same
        load(store, data, saved(tmp_path, "丙物业"), complete=False, round_="2006-10")
        undo_last(store, data)
    load(store, data, saved(tmp_path, "乙物业"), complete=False, round_="2006-10")
    with pytest.raises(InputError, match="从别处做的导入"):
        rebuild(data, "2006-10")


def test_ten_archives_in_one_load_are_kept_and_rebuilt(store, data, tmp_path):
    paths = []
    for n in range(10):
        paths.append(tmp_path / f"{n}.zip")
        with zipfile.ZipFile(paths[-1], "w") as archive:
            archive.writestr(f"区{n}.csv", units(f"公司{n}号"))
    held = load(store, data, *paths)
    assert len(held.nodes) == 10
    assert rebuild(data, "2006-04") == held

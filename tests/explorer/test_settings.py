from pathlib import Path

import pytest

from explorer.settings import Settings, platform_folder, read
from graph_model.errors import InputError
from graph_model.profile import Reckoning


def test_what_is_given_comes_before_the_environment(tmp_path: Path) -> None:
    environ = {"BRANCHMAP_HOME": "/elsewhere", "BRANCHMAP_LANG": "zh", "BRANCHMAP_NAMES": "0"}

    settings = read(environ, data=str(tmp_path), language="en", names=True)

    assert (settings.data, settings.language, settings.names) == (tmp_path, "en", True)


def test_the_usual_settings() -> None:
    assert read({}) == Settings(platform_folder(), None, "zh", False, None, None)


def test_the_environment_carries_everything(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "neo4j://u@h:1", "en", True, 256, "a secret")

    assert read(settings.environment()) == settings


def test_a_heap_that_is_not_set_follows_the_machine_in_every_process(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert "BRANCHMAP_ENGINE_HEAP" not in settings.environment()
    assert read(settings.environment()).heap_mib is None


def test_the_password_is_asked_for_by_nobody_without_a_terminal(tmp_path: Path) -> None:
    given = Settings(tmp_path, "neo4j://u@h:1", password="a secret").choice()

    assert given.password is not None
    assert given.password() == "a secret"


@pytest.mark.parametrize(
    ("name", "value"),
    [("BRANCHMAP_LANG", "fr"), ("BRANCHMAP_NAMES", "maybe"), ("BRANCHMAP_ENGINE_HEAP", "512m")],
)
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(InputError, match=name):
        read({name: value})


def test_the_date_that_counts_comes_from_the_option_the_environment_or_the_profile(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text('[reckoning]\nas_of = "2006-04"', "utf-8")
    environ = {"BRANCHMAP_AS_OF": "2006-10"}
    home = str(tmp_path)
    assert read(environ, data=home, as_of="2007-01").profile().given == Reckoning("2007-01", "option")
    assert read(environ, data=home).profile().given == Reckoning("2006-10", "setting")
    assert read({}, data=home).profile().given == Reckoning("2006-04", "setting")
    # what a command was given goes along to the process that it starts
    assert read(read({}, data=home, as_of="2007-01").environment()).profile().given == Reckoning(
        "2007-01", "setting"
    )
    with pytest.raises(InputError, match="2006-10-31"):
        read({"BRANCHMAP_AS_OF": "soon"})

"""The map of the rooms says what the folders hold."""

from pathlib import Path

from dev.rooms import Room, rooms


def test_a_room_is_a_folder_with_its_job_its_modules_and_what_it_imports(tmp_path: Path) -> None:
    for file, text in {
        "graph_model/__init__.py": '"""What exists."""',
        "graph_model/graph.py": "",
        "loaders/__init__.py": '"""What is read."""',
        "loaders/read/__init__.py": '"""Files to rows.\n\nIn: paths."""',
        "loaders/read/xls.py": "import json\nfrom json import loads\nfrom graph_model.graph import Graph\n",
        "explorer/__init__.py": '"""What is shown."""',
        "explorer/app.py": "from loaders.read import xls\n",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")

    assert rooms(tmp_path) == (
        Room("graph_model", "What exists.", 1, ()),
        Room("loaders", "What is read.", 0, ()),
        Room("loaders.read", "Files to rows.", 1, ("graph_model",)),
        Room("explorer", "What is shown.", 1, ("loaders.read",)),
    )

"""Gephi's own importer, from its toolkit (by Maven, 80 MB), in a process of its own: a Java machine starts only once.

python gephi.py TOOLKIT.jar FILE...    prints one JSON line for each file: what Gephi made of it
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

TOOLKIT = "org.gephi:gephi-toolkit:0.10.1:jar:all"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"


def imported(files: Sequence[Path]) -> list[dict[str, Any]]:
    """What Gephi reads in each file, and what its graph then holds; skipped where the toolkit cannot be had."""
    with TemporaryDirectory() as folder:
        asked = [f"-Dartifact={TOOLKIT}", f"-DoutputDirectory={folder}"]
        try:
            subprocess.run(["mvn", "-B", "-q", COPY, *asked], check=True, timeout=600, cwd=folder)
        except (OSError, subprocess.CalledProcessError) as fault:
            pytest.skip(f"no Gephi toolkit: {fault}")
        [jar] = Path(folder).glob("gephi-toolkit-*.jar")
        run = [sys.executable, __file__, str(jar), *map(str, files)]
        done = subprocess.run(run, check=True, stdout=subprocess.PIPE, timeout=300)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _main(jar: str, files: Sequence[str]) -> None:
    import jpype

    jpype.startJVM("-Djava.awt.headless=true", classpath=[jar])
    lookup = jpype.JClass("org.openide.util.Lookup").getDefault()
    projects = lookup.lookup(jpype.JClass("org.gephi.project.api.ProjectController"))
    importer = lookup.lookup(jpype.JClass("org.gephi.io.importer.api.ImportController"))
    graphs = lookup.lookup(jpype.JClass("org.gephi.graph.api.GraphController"))
    processor = jpype.JClass("org.gephi.io.processor.plugin.DefaultProcessor")
    projects.newProject()
    for file in files:
        space = projects.newWorkspace(projects.getCurrentProject())
        projects.openWorkspace(space)
        read = importer.importFile(jpype.JClass("java.io.File")(file))
        said = [f"{i.getLevel()} {i.getMessage()}" for i in read.getReport().getIssuesList(1000)]
        taken = read.getUnloader().getEdgeCount()
        importer.process(read, processor(), space)
        graph = graphs.getGraphModel(space).getGraph()
        found = {
            "nodes": {str(n.getId()): str(n.getLabel()) for n in graph.getNodes()},
            "taken": int(taken),
            "edges": sorted([str(e.getTypeLabel()), str(e.getLabel())] for e in graph.getEdges()),
            "faults": [line for line in said if not line.startswith("INFO")],
        }
        sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2:])

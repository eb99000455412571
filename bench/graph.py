"""Histories that are nothing but a graph, and what each tool takes to read one that is all applied."""

import os
import random
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from history import ALEMBIC_ENV
from tools import APUS, PEERS, ROOT, Sample, run

ALEMBIC_REVISION = "revision = {id!r}\ndown_revision = {parents!r}\ndepends_on = {dependencies!r}\n\n\ndef upgrade():\n    pass\n"


@dataclass(frozen=True)
class Node:
    id: str
    parents: list[str]
    dependencies: list[str]


def line(count: int) -> list[Node]:
    """Each revision on the one before."""
    return [Node(name(number), [name(number - 1)] if number else [], []) for number in range(count)]


def tangle(count: int) -> list[Node]:
    """One revision in ten leaves from one of the last 50, one merges two heads, one in 50 depends on any earlier one."""
    chance = random.Random(1)
    heads: list[int] = []
    nodes = []
    for number in range(count):
        roll = chance.random()
        if len(heads) > 8 or (len(heads) > 1 and roll < 0.1):
            parents = chance.sample(heads, 2)
        elif heads and roll < 0.2:
            parents = [chance.randrange(max(0, number - 50), number)]
        else:
            parents = [chance.choice(heads)] if heads else []
        dependencies = [chance.randrange(number)] if number and chance.random() < 0.02 else []
        heads = [head for head in heads if head not in parents] + [number]
        nodes.append(Node(name(number), list(map(name, parents)), list(map(name, dependencies))))
    return nodes


def name(number: int) -> str:
    """Not in the order of the numbers, as the names that Alembic draws."""
    return f"{number * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFF:012x}"


class Times(NamedTuple):
    """Seconds of one tool: the whole command, load and plan alone, and both from memory."""

    command: float
    plan: float
    memory: float


class GraphHistory:
    """A history below `folder`: files for Apus and a database stamped with all of them."""

    def __init__(self, folder: Path, nodes: list[Node]) -> None:
        self.folder = folder
        self.nodes = nodes
        (folder / "migrations").mkdir(parents=True)
        for node in nodes:
            header = [f"-- Revision ID: {node.id}", f"-- Revises: {', '.join(node.parents)}"]
            if node.dependencies:
                header.append(f"-- Depends On: {', '.join(node.dependencies)}")
            (folder / f"migrations/{node.id}_step.sql").write_text("\n".join(header) + "\n\n-- migrate:up\nSELECT 1;\n")
        self.apus("stamp", "heads")
        os.sync()

    def apus(self, *arguments: str, how: Callable[[list[str], dict[str, str]], Sample] = run) -> Sample:
        """One run of the program, start to end."""
        variables = {"APUS_DATABASE_URL": f"sqlite:///{self.folder}/app.db"}
        return how([str(APUS), *arguments, "--migrations", f"{self.folder}/migrations"], variables)

    def times_beside(self, other: "GraphHistory", rounds: int) -> tuple[list[Times], list[Times]]:
        """Apus's seconds with both histories, in turns: those of each round."""
        mine, theirs = zip(*((self._once(), other._once()) for _ in range(rounds)), strict=True)
        return list(mine), list(theirs)

    def _once(self) -> Times:
        return Times(self.apus("upgrade").seconds, *parts([str(graph_program())], self.folder / "migrations"))

    def times_beside_alembic(self, rounds: int) -> tuple[list[Times], list[Times]]:
        """Both tools' seconds, in turns: those of each round."""
        folder = self._alembic_project()
        command = [str(PEERS / "alembic"), "--config", str(folder / "alembic.ini")]
        variables = {"BENCH_ALEMBIC_URL": f"sqlite:///{folder}/alembic.db"}
        # This compiles every file, too.
        run([*command, "stamp", "heads"], variables)
        program = [str(PEERS / "python"), str(Path(__file__).with_name("alembic_graph.py"))]
        mine, theirs = [], []
        for _ in range(rounds):
            mine.append(self._once())
            theirs.append(Times(run([*command, "upgrade", "heads"], variables).seconds, *parts(program, folder)))
        return mine, theirs

    def _alembic_project(self) -> Path:
        """The same history as Python files."""
        versions = self.folder / "alembic/versions"
        versions.mkdir(parents=True)
        for node in self.nodes:
            fields = {"id": node.id, "parents": tuple(node.parents) or None, "dependencies": tuple(node.dependencies) or None}
            (versions / f"{node.id}.py").write_text(ALEMBIC_REVISION.format(**fields))
        (versions.parent / "env.py").write_text(ALEMBIC_ENV)
        (versions.parent / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s\npath_separator = os\n")
        os.sync()
        return versions.parent


def parts(program: list[str], folder: Path) -> tuple[float, float]:
    """What a process that is there already takes: with the files, and from memory."""
    done = subprocess.run([*program, str(folder)], capture_output=True, text=True, check=True)
    files, memory = map(float, done.stdout.split())
    return files, memory


@cache
def graph_program() -> Path:
    """bench/graph, built once, the way that scripts/build-static builds apus."""
    scratch = ROOT / ".build-bench-graph"
    arguments = ["swift", "build", "--package-path", str(ROOT), "--scratch-path", str(scratch), "-c", "release"]
    arguments += ["--static-swift-stdlib", "-Xswiftc", "-static-executable", "-Xswiftc", "-use-ld=lld", "-Xlinker", "--icf=safe"]
    libraries = ROOT / ".build-static/prefix/lib/pkgconfig"
    variables = {**os.environ, "PKG_CONFIG_PATH": str(libraries)}
    subprocess.run([*arguments, "--product", "GraphBench"], check=True, capture_output=True, env=variables)
    return scratch / "release/GraphBench"

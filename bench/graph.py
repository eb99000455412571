"""Histories that are nothing but a graph, and what each tool takes to read one that is all applied."""

import json
import os
import random
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

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

    def load_and_plan(self) -> float:
        """Apus's seconds without a database: a script for nothing, start to end of the process."""
        return median(self.apus("upgrade", "heads:heads", "--sql").seconds for _ in range(9))

    def in_memory(self) -> float:
        """Apus's seconds from the revisions to the empty plan, without the files."""
        lines = ("\t".join([node.id, ",".join(node.parents), ",".join(node.dependencies)]) for node in self.nodes)
        text = "\n".join(lines) + "\n"
        done = subprocess.run([str(in_memory_program())], input=text, capture_output=True, text=True, check=True)
        graph, plan, _ = map(float, done.stdout.split())
        return graph + plan

    def alembic(self) -> tuple[float, float, float]:
        """Alembic's seconds: the command, start to end, on a SQLite file of its own; then in a process that has read
        everything before, load and plan with the files and without them."""
        versions = self.folder / "alembic/versions"
        versions.mkdir(parents=True)
        for node in self.nodes:
            fields = {"id": node.id, "parents": tuple(node.parents) or None, "dependencies": tuple(node.dependencies) or None}
            (versions / f"{node.id}.py").write_text(ALEMBIC_REVISION.format(**fields))
        os.sync()
        program = Path(__file__).with_name("alembic_graph.py")
        done = subprocess.run(
            [str(PEERS / "python"), str(program), str(versions.parent)], capture_output=True, text=True, check=True
        )
        times = json.loads(done.stdout)
        return self.alembic_command(versions.parent), times["files"], times["memory"]

    def alembic_command(self, folder: Path) -> float:
        """Every file is compiled already, so that no round compiles any."""
        (folder / "env.py").write_text(ALEMBIC_ENV)
        (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s\npath_separator = os\n")
        command = [str(PEERS / "alembic"), "--config", str(folder / "alembic.ini")]
        variables = {"BENCH_ALEMBIC_URL": f"sqlite:///{folder}/alembic.db"}
        run([*command, "stamp", "heads"], variables)
        return median(run([*command, "upgrade", "heads"], variables).seconds for _ in range(3))


def in_memory_program() -> Path:
    """bench/graph, built once."""
    scratch = ROOT / ".build-bench-graph"
    arguments = ["swift", "build", "--package-path", str(ROOT), "--scratch-path", str(scratch), "-c", "release"]
    subprocess.run([*arguments, "--product", "GraphBench"], check=True, capture_output=True, env=dict(os.environ))
    return scratch / "release/GraphBench"

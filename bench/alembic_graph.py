"""Times Alembic at a history that is all applied: alembic_graph.py FOLDER, with its own Python.

It gets its best case: one process, every file compiled, the page cache warm. For each line of its input it prints the
seconds of one more: `files` is a new ScriptDirectory that reads them, and the plan of `upgrade heads`; `memory` is the same
from Script objects that are there already.
"""

import sys
import time

from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionMap


def plan(directory: ScriptDirectory, heads: tuple[str, ...]) -> None:
    steps = directory._upgrade_revs("heads", heads)
    assert not steps, steps


def seconds(body) -> float:
    began = time.perf_counter()
    body()
    return time.perf_counter() - began


def main() -> None:
    folder = sys.argv[1]
    first = ScriptDirectory(folder)
    scripts = list(first.walk_revisions())
    heads = tuple(first.revision_map._real_heads)
    memory = ScriptDirectory(folder)

    def from_files() -> None:
        plan(ScriptDirectory(folder), heads)

    def from_memory() -> None:
        memory.revision_map = RevisionMap(lambda: iter(scripts))
        plan(memory, heads)

    bodies = {"files": from_files, "memory": from_memory}
    for word in sys.stdin:
        print(seconds(bodies[word.strip()]), flush=True)


main()

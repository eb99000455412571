"""Times Alembic at a history that is all applied: alembic_graph.py FOLDER, with its own Python. Prints JSON.

It gets its best case: one process, every file compiled, the page cache warm. `files` is a new ScriptDirectory that reads
them, and the plan of `upgrade heads`; `memory` is the same from Script objects that are there already.
"""

import json
import sys
import time
from statistics import median

from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionMap


def plan(directory: ScriptDirectory, heads: tuple[str, ...]) -> None:
    steps = directory._upgrade_revs("heads", heads)
    assert not steps, steps


def seconds(body) -> float:
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        body()
        taken.append(time.perf_counter() - began)
    return median(taken)


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

    print(json.dumps({"files": seconds(from_files), "memory": seconds(from_memory)}))


main()

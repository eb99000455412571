"""Times Alembic at a history that is all applied: alembic_graph.py FOLDER, with its own Python. Prints two numbers of seconds.

Everything that a command imports is there already, every file is compiled, and the page cache is warm. The first is a
ScriptDirectory that reads the files, and the plan of `upgrade heads`; the second the same from Script objects.
"""

import sys
import time
from collections.abc import Callable

from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionMap


def plan(directory: ScriptDirectory) -> None:
    heads = tuple(directory.revision_map._real_heads)
    steps = directory._upgrade_revs("heads", heads)
    assert not steps, steps


def seconds(body: Callable[[], None]) -> float:
    began = time.perf_counter()
    body()
    return time.perf_counter() - began


def main() -> None:
    directory = ScriptDirectory(sys.argv[1])
    files = seconds(lambda: plan(directory))
    scripts = list(directory.walk_revisions())

    def from_memory() -> None:
        directory.revision_map = RevisionMap(lambda: iter(scripts))
        plan(directory)

    print(files, seconds(from_memory))


main()

#!/usr/bin/env python3
"""Cases for the revision graph, with the answers of the real Alembic.

    generate.py COUNT SEED [HASHSEEDS]   draws COUNT cases and prints one JSON object a line

Needs a Python that has alembic. Every case is answered by HASHSEEDS interpreters (default 3), which differ in
PYTHONHASHSEED: Alembic iterates over sets, and where that shows, a case has more than one answer.

A case: revisions (in the order of their files), rows (of alembic_version, in the order a SELECT returns them),
command (upgrade, downgrade, stamp, history, resolve, current, graph), target, purge.
An answer: steps with the rows after each, or rows, or revisions, or facts; or error (files, heads, unknown, range,
walk, crash) with Alembic's message.
"""
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import types
import warnings

# ---- drawing ---------------------------------------------------------------------------------------------------------


def below(revisions, starts):
    """The starts and everything they stand on, dependencies included."""
    known = {r["id"]: r for r in revisions}
    labels = {label: r["id"] for r in revisions for label in r["labels"]}
    found, todo = set(), list(starts)
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += known[one]["down"] + [labels.get(d, d) for d in known[one]["deps"]]
    return found


def maximal(revisions, members):
    covered = set()
    for one in members:
        covered |= below(revisions, [one]) - {one}
    return set(members) - covered


class History:
    """Draws revisions one after the other, each on what is there."""

    def __init__(self, rng):
        self.rng = rng
        self.ids, self.labels, self.revisions = [], [], []
        self.style = rng.choice(["hex", "hex", "words", "short", "alike"])
        self.tidy = rng.random() < 0.6
        for _ in range(rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14])):
            self.add()
        if rng.random() < 0.5:
            self.revisions.sort(key=lambda r: r["id"])
        if rng.random() < 0.03:
            self.damage()

    def name(self):
        n, rng = len(self.ids), self.rng
        return {
            "hex": lambda: "%012x" % rng.getrandbits(48),
            "words": lambda: "r%02d_%s" % (n, rng.choice(["users", "orders", "index", "fk", "seed"])),
            "short": lambda: "abcdefghijklmnopqrstuvwxyz"[n],
            "alike": lambda: "%s%03d" % (rng.choice(["ab", "abc", "b"]), rng.randrange(1000)),
        }[self.style]()

    def add(self):
        rng = self.rng
        one = self.name()
        while one in self.ids:
            one = self.name()
        followed = {d for r in self.revisions for d in r["down"]}
        tips = [i for i in self.ids if i not in followed]
        down = self.parents(tips)
        deps = self.dependencies(down)
        if self.tidy:
            down = [d for d in down if not any(d in below(self.revisions, [o]) for o in down if o != d)]
        labels = []
        if rng.random() < 0.2:
            labels = ["%s%d" % (rng.choice(["shop", "billing", "lib"]), len(self.labels))]
        self.labels += labels
        self.ids.append(one)
        self.revisions.append({"id": one, "down": down, "deps": deps, "labels": labels})

    def parents(self, tips):
        rng, roll = self.rng, self.rng.random()
        if not self.ids or roll < 0.1:
            return []
        if roll < 0.28 and len(tips) > 1:
            return rng.sample(tips, rng.randint(2, min(3, len(tips))))
        if roll < 0.72:
            return [rng.choice(tips)]
        if roll < 0.95 or len(self.ids) < 2:
            return [rng.choice(self.ids)]
        return rng.sample(self.ids, 2)

    def dependencies(self, down):
        rng = self.rng
        if not self.ids or rng.random() > 0.25:
            return []
        named = {label: r["id"] for r in self.revisions for label in r["labels"]}
        deps = rng.sample(self.ids, rng.choice([1, 1, 1, 2, 3]) if len(self.ids) > 2 else 1)
        if self.labels and rng.random() < 0.3:
            deps[0] = rng.choice(self.labels)
        if not self.tidy:
            return deps
        kept = []
        for dep in deps:
            others = down + [named.get(k, k) for k in kept]
            if named.get(dep, dep) not in below(self.revisions, others):
                kept.append(dep)
        return kept

    def damage(self):
        victim, rng = self.rng.choice(self.revisions), self.rng
        kind = rng.choice(["parent", "dependency", "self", "cycle", "label", "label-id", "duplicate"])
        if kind == "parent":
            victim["down"] = ["missing"]
        elif kind == "dependency":
            victim["deps"] = ["missing"]
        elif kind == "self":
            victim[rng.choice(["down", "deps"])] = [victim["id"]]
        elif kind == "cycle":
            victim["down"] = [rng.choice(self.ids)]
        elif kind == "label":
            for r in self.revisions[:2]:
                r["labels"] = ["twice"]
        elif kind == "label-id":
            victim["labels"] = [self.ids[0]]
        else:
            self.revisions.append(dict(victim))
        self.damaged = True

    damaged = False


def draw_rows(rng, history):
    ids, roll = history.ids, rng.random()
    if history.damaged or roll < 0.2:
        return []
    if roll < 0.93:
        picked = rng.sample(ids, rng.randint(1, len(ids)))[: rng.randint(1, 4)]
        rows = sorted(maximal(history.revisions, below(history.revisions, picked)))
    else:
        rows = rng.sample(ids, rng.randint(1, min(3, len(ids))))
    if rng.random() < 0.015:
        rows.append("deadbeef")
    rng.shuffle(rows)
    return rows


class Targets:
    """Everything the grammar allows, each form about as often as people write it."""

    def __init__(self, rng, history):
        self.rng, self.history = rng, history

    def name(self):
        rng, ids, labels = self.rng, self.history.ids, self.history.labels
        one = rng.choice(ids)
        forms = [one] * 5 + [one[: rng.randint(1, len(one))]] * 2 + ["nosuch"] * (rng.random() < 0.2)
        return rng.choice(forms + labels * 2)

    def branch(self):
        labels = self.history.labels
        if labels and self.rng.random() < 0.8:
            return self.rng.choice(labels)
        return self.name()

    def place(self):
        return self.rng.choice(["head", "heads", "base"] + [self.name() for _ in range(5)])

    def point(self, here=1.0):
        rng, count = self.rng, self.rng.choice([1, 1, 1, 2, 2, 3, 4])
        sign = rng.choice("+-")
        text = rng.choices(
            [self.place(), "%s%s%d" % (self.place(), sign, count), "%s%d" % (sign, count)], [6, 2, 3 * here]
        )[0]
        return "%s@%s" % (self.branch(), text) if rng.random() < 0.25 else text

    def of(self, command):
        rng = self.rng
        if command == "stamp":
            return [self.point(here=0.1) for _ in range(rng.choice([1, 1, 1, 1, 2, 3]))]
        if command == "history":
            end = lambda: rng.choice(["", "", "base", "head", "heads", "current", self.point(), self.name(), self.name()])
            return "%s:%s" % (end(), end())
        usual = {
            "upgrade": ["head", "heads", "heads", "+%d" % rng.randint(1, 3)],
            "downgrade": ["base", "-1", "-1", "-%d" % rng.randint(1, 4), "%s@base" % self.branch()],
        }
        return self.point() if rng.random() < 0.65 else rng.choice(usual.get(command, ["head", "heads", self.name()]))


def draw(rng):
    history = History(rng)
    command = rng.choices(
        ["upgrade", "downgrade", "stamp", "history", "resolve", "current", "graph"], [30, 32, 14, 10, 8, 3, 3]
    )[0]
    case = {"revisions": history.revisions, "rows": draw_rows(rng, history), "command": command}
    if command not in ("current", "graph"):
        case["target"] = Targets(rng, history).of(command)
    if command == "stamp" and rng.random() < 0.15:
        case["purge"] = True
    return case


# ---- asking Alembic --------------------------------------------------------------------------------------------------


class Endless(BaseException):
    """Nothing that Alembic would catch."""


def endless(*_):
    raise Endless


class Oracle:
    """Alembic itself, over files that are not there and a table in memory."""

    def __init__(self):
        import logging

        import sqlalchemy
        from alembic.runtime import migration
        from alembic.script import base, revision

        logging.disable(logging.CRITICAL)
        warnings.simplefilter("ignore")
        self.migration, self.base, self.revision = migration, base, revision
        self.folder = tempfile.mkdtemp()
        self.connection = sqlalchemy.create_engine("sqlite://").connect()
        self.connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        self.connection.commit()

    def directory(self, revisions):
        scripts = [self.script(r) for r in revisions]
        directory = self.base.ScriptDirectory(self.folder)
        directory.revision_map = self.revision.RevisionMap(lambda: iter(scripts))
        directory.revision_map.heads
        return directory

    def script(self, r):
        module = types.ModuleType(r["id"])
        module.revision = r["id"]
        module.down_revision = None if not r["down"] else r["down"][0] if len(r["down"]) == 1 else tuple(r["down"])
        module.depends_on = tuple(r["deps"]) or None
        module.branch_labels = tuple(r["labels"]) or None
        module.upgrade = module.downgrade = lambda **_: None
        return self.base.Script(module, r["id"], "/%s.py" % r["id"])

    def answer(self, case):
        """Alembic goes round a circle that it has overlooked for ever."""
        signal.signal(signal.SIGALRM, endless)
        signal.alarm(20)
        try:
            return self.ask(case)
        except Endless:
            return {"error": "crash", "message": "Alembic does not come to an end"}
        finally:
            signal.alarm(0)

    def ask(self, case):
        try:
            directory = self.directory(case["revisions"])
        except Exception as error:
            return {"error": "files", "message": "%s: %s" % (type(error).__name__, error)}
        try:
            return getattr(self, case["command"])(directory, case)
        except Exception as error:
            return {"error": kind(error), "message": "%s: %s" % (type(error).__name__, error)}

    def upgrade(self, directory, case):
        return self.run(case, lambda rows: directory._upgrade_revs(case["target"], rows))

    def downgrade(self, directory, case):
        return self.run(case, lambda rows: directory._downgrade_revs(case["target"], rows))

    def stamp(self, directory, case):
        answer = self.run(case, lambda rows: directory._stamp_revs(tuple(case["target"]), rows))
        answer["steps"] = []
        return answer

    def run(self, case, plan):
        """The steps as Alembic's own context takes them, with the rows of the table after each."""
        execute, steps, planned = self.connection.exec_driver_sql, [], []
        execute("DELETE FROM alembic_version")
        for row in dict.fromkeys(case["rows"]):
            execute("INSERT INTO alembic_version VALUES (?)", (row,))
        self.connection.commit()

        def rows():
            return sorted(r[0] for r in execute("SELECT version_num FROM alembic_version"))

        def migrations(heads, _):
            planned.extend(plan(heads))
            return planned

        def applied(step, **_):
            one = planned[len(steps)]
            revision = getattr(one, "revision", None)
            steps.append({"revision": revision.revision if revision else None, "rows": rows()})

        context = self.migration.MigrationContext.configure(
            connection=self.connection,
            opts={"fn": migrations, "on_version_apply": None, "purge": bool(case.get("purge"))},
        )
        context.get_current_heads = lambda: tuple(case["rows"]) if not case.get("purge") else ()
        context.on_version_apply_callbacks = (applied,)
        try:
            context.run_migrations()
            return {"steps": steps, "rows": rows()}
        finally:
            self.connection.rollback()

    def history(self, directory, case):
        base, head = case["target"].split(":")
        current = tuple(case["rows"]) or None
        base, head = current if base == "current" else base, current if head == "current" else head
        walk = directory.walk_revisions(base=base or "base", head=head or "heads")
        return {"revisions": [r.revision for r in walk]}

    def resolve(self, directory, case):
        found = directory.get_revisions(case["target"])
        return {"revisions": [r if r is None or isinstance(r, str) else r.revision for r in found]}

    def current(self, directory, case):
        return {"revisions": sorted(r.revision for r in directory.get_all_current(tuple(case["rows"])))}

    def graph(self, directory, case):
        graph = directory.revision_map
        revisions = [graph.get_revision(r["id"]) for r in case["revisions"]]
        return {
            "facts": {
                "heads": list(graph.heads),
                "effectiveHeads": list(graph._real_heads),
                "bases": list(graph.bases),
                "branchPoints": [r.revision for r in revisions if len(r.nextrev) > 1],
                "mergePoints": [r.revision for r in revisions if r.is_merge_point],
            },
            "labels": {r.revision: sorted(r.branch_labels) for r in revisions if r.branch_labels},
        }


def kind(error):
    if "Not a valid downgrade target" in str(error):
        return "range"
    cause = type(error.__cause__).__name__ if type(error).__name__ == "CommandError" else None
    kinds = {"MultipleHeads": "heads", "ResolutionError": "unknown", "RangeNotAncestorError": "range", "RevisionError": "walk"}
    return kinds.get(cause, "crash") if cause else "walk" if type(error).__name__ == "RevisionError" else "crash"


# ---- putting both together -------------------------------------------------------------------------------------------


def answers(cases, seed):
    environment = dict(os.environ, PYTHONHASHSEED=str(seed))
    lines = "\n".join(map(json.dumps, cases))
    worker = subprocess.Popen(
        [sys.executable, __file__, "answer"], env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    return worker, lines


def main():
    if sys.argv[1:] == ["answer"]:
        oracle = Oracle()
        for line in sys.stdin.read().splitlines():
            print(json.dumps(oracle.answer(json.loads(line))))
        os.rmdir(oracle.folder)
        return
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    seeds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    rng = random.Random(seed)
    cases = [draw(rng) for _ in range(count)]
    columns = []
    for one in range(seeds):
        worker, lines = answers(cases, one)
        columns.append([json.loads(line) for line in worker.communicate(lines)[0].splitlines()])
        if worker.returncode:
            sys.exit("generate.py: the interpreter that asks Alembic failed")
    with contextlib.suppress(BrokenPipeError):
        for number, (case, *given) in enumerate(zip(cases, *columns, strict=True)):
            distinct = [a for n, a in enumerate(given) if a not in given[:n]]
            print(json.dumps({"name": "%d/%d" % (seed, number), **case, "answers": distinct}, separators=(",", ":")))


if __name__ == "__main__":
    main()

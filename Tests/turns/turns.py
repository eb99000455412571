"""Alembic and Apus take turns on one database. Called by Tests/turns/run, beside a server.

The same random history is written as Alembic's Python files and as SQL files. A second database, the twin, sees the same commands, all
from Alembic. After each turn both must have the same rows in alembic_version, and must have run the same steps in the same order.
"""

import io
import os
import random
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config

APUS = os.environ["APUS_BIN"]
SERVER = os.environ["APUS_TEST_DATABASE"].replace("postgres://", "postgresql+psycopg2://")

ENVIRONMENT = """
from alembic import context
connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
"""


class History:
    """A random one, in which Alembic itself does not break: see docs/alembic.md for where it does."""

    def __init__(self, dice, folder):
        self.dice, self.folder = dice, folder
        self.ids, self.labels, self.below = [], [], {}
        (folder / "alembic/versions").mkdir(parents=True)
        (folder / "migrations").mkdir()
        (folder / "alembic/env.py").write_text(ENVIRONMENT)
        (folder / "alembic/script.py.mako").write_text("")
        for _ in range(dice.randint(4, 24)):
            self.grow()

    def grow(self):
        dice, name = self.dice, f"{self.dice.randrange(16**12):012x}"
        heads = [one for one in self.ids if not any(one in self.parents[other] for other in self.ids)] if self.ids else []
        parents, dependencies, label = [], [], None
        chance = dice.random()
        if len(heads) > 1 and chance < 0.2:
            parents = dice.sample(heads, 2)
        elif self.ids and chance < 0.9:
            parents = [dice.choice(heads if dice.random() < 0.7 else self.ids)]
        below = set(parents).union(*(self.below[one] for one in parents))
        # Nor what stands above a parent: of that one Alembic keeps a row when it undoes the revision.
        beside = [one for one in self.ids if one not in below and self.below[one].isdisjoint(parents)]
        if beside and dice.random() < 0.15:
            dependencies = [dice.choice(beside)]
            below |= {dependencies[0]} | self.below[dependencies[0]]
        if any(self.below[one] >= {other} for one in parents for other in parents):
            parents = parents[:1]
        if dice.random() < 0.15:
            label = f"branch{len(self.labels)}"
            self.labels.append(label)
        self.parents = {**getattr(self, "parents", {}), name: parents}
        self.ids.append(name)
        self.below[name] = below
        self.write(name, parents, dependencies, label)

    def write(self, name, parents, dependencies, label):
        up, down = (f"INSERT INTO steps (step) VALUES ('{name} {way}')" for way in ("up", "down"))
        values = {
            "revision": name,
            "down_revision": tuple(parents) if len(parents) > 1 else parents[0] if parents else None,
            "branch_labels": label,
            "depends_on": dependencies[0] if dependencies else None,
        }
        (self.folder / f"alembic/versions/{name}_.py").write_text(
            "from alembic import op\n" + "".join(f"{key} = {value!r}\n" for key, value in values.items())
            + f"def upgrade():\n    op.execute({up!r})\ndef downgrade():\n    op.execute({down!r})\n"
        )
        (self.folder / f"migrations/{name}_.sql").write_text(
            f"-- Revision ID: {name}\n-- Revises: {', '.join(parents)}\n"
            + (f"-- Branch Labels: {label}\n" if label else "") + (f"-- Depends On: {dependencies[0]}\n" if dependencies else "")
            + f"-- migrate:up\n{up};\n-- migrate:down\n{down};\n"
        )

    def command(self, rows):
        """A command that Alembic has one answer to."""
        dice, some = self.dice, self.dice.choice(self.ids)
        choices = [("upgrade", "heads"), ("upgrade", some), ("upgrade", some[:7]), ("downgrade", some), ("downgrade", some), ("stamp", some)]
        if len(rows) == 1:
            choices += [("upgrade", "+1"), ("downgrade", "-1"), ("downgrade", "-2")]
        if dice.random() < 0.2:
            choices = [("downgrade", "base"), ("stamp", "base")]
        if self.labels:
            choices.append(("upgrade", dice.choice(self.labels) + "@head"))
        return dice.choice(choices)


class Database:
    def __init__(self, url):
        self.engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
        self.url = url
        with self.engine.begin() as connection:
            number = "integer PRIMARY KEY" if url.startswith("sqlite") else "bigserial PRIMARY KEY"
            connection.exec_driver_sql(f"CREATE TABLE steps (number {number}, step text)")

    def alembic(self, history, verb, target):
        """None, or what Alembic said."""
        config = Config()
        config.set_main_option("script_location", str(history.folder / "alembic"))
        silence = io.StringIO()
        try:
            with self.engine.connect() as connection, redirect_stdout(silence), redirect_stderr(silence):
                config.attributes["connection"] = connection
                getattr(command, verb)(config, target)
                connection.commit()
        except Exception as error:  # what it raises on a wrong target is not always a CommandError
            return f"{type(error).__name__}: {error}"
        return None

    def apus(self, history, verb, target):
        """None, or what Apus said."""
        flags = ["--yes"] if verb == "downgrade" else []
        environment = {"PATH": os.environ["PATH"], "APUS_DATABASE_URL": self.url, "APUS_LEDGER": "alembic",
                       "APUS_MIGRATIONS": str(history.folder / "migrations"), "APUS_LOG_FORMAT": "text"}
        done = subprocess.run([APUS, verb, target, *flags], env=environment, capture_output=True, text=True, timeout=60)
        return None if done.returncode == 0 else f"exit {done.returncode}: {done.stderr}"

    def query(self, sql):
        with self.engine.connect() as connection:
            try:
                return [row[0] for row in connection.exec_driver_sql(sql)]
            except sqlalchemy.exc.DBAPIError:
                return []

    @property
    def rows(self):
        return sorted(self.query("SELECT version_num FROM alembic_version"))

    def steps(self, after):
        return self.query(f"SELECT step FROM steps WHERE number > {after} ORDER BY number")

    @property
    def last(self):
        return self.query("SELECT coalesce(max(number), 0) FROM steps")[0]


def postgres(name):
    server = sqlalchemy.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return Database(sqlalchemy.engine.make_url(SERVER).set(database=name).render_as_string(hide_password=False))


def play(dice, make, turns, number):
    """Takes turns on one history; gives how many, and how many of them were Apus's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        history = History(dice, folder)
        shared, twin = make(f"shared{number}", folder), make(f"twin{number}", folder)
        ours = 0
        for turn in range(turns):
            verb, target = history.command(twin.rows)
            tool = dice.choice(["apus", "alembic"])
            before, shared_last, twin_last = twin.rows, shared.last, twin.last
            expected = twin.alembic(history, verb, target)
            if expected and target[0] in "+-":
                continue  # Alembic has no answer, and Apus does not do nothing
            got = getattr(shared, tool)(history, verb, target)
            ours += tool == "apus"
            seen = (bool(got), shared.rows, shared.steps(shared_last))
            wanted = (bool(expected), twin.rows, twin.steps(twin_last))
            if seen != wanted:
                files = "\n".join(path.read_text().split("-- migrate")[0] for path in sorted((folder / "migrations").iterdir()))
                sys.exit(f"FAIL  turn {turn} of history {number}: {tool} {verb} {target} at {before}\n"
                         f"      {tool}: {seen} {got or ''}\n      alembic on the twin: {wanted} {expected or ''}\n{files}")
        return turns, ours


def main():
    turns, seed = int(sys.argv[1]), int(sys.argv[2])
    print(f"turns: alembic {__import__('alembic').__version__}, seed {seed}")
    for kind, make in {
        "PostgreSQL": lambda name, folder: postgres(f"{name}_{os.getpid()}"),
        "SQLite": lambda name, folder: Database(f"sqlite:///{folder}/{name}.db"),
    }.items():
        taken = ours = 0
        dice = random.Random(f"{seed}")
        while taken < turns:
            played = play(dice, make, min(20, turns), f"{kind[0].lower()}{taken}")
            taken, ours = taken + played[0], ours + played[1]
        print(f"ok    {kind}: {taken} turns, {ours} of them Apus's; rows and steps are Alembic's")


main()

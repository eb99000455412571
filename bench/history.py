"""The same history for every tool: each migration makes a table and an index on it."""

from pathlib import Path

FIRST_VERSION = 20260101000000

ALEMBIC_ENV = '''
import os
from alembic import context
from sqlalchemy import create_engine, pool

engine = create_engine(os.environ["BENCH_ALEMBIC_URL"], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
'''

ALEMBIC_REVISION = '''
from alembic import op

revision = {revision!r}
down_revision = {parent!r}


def upgrade():
    op.execute({table!r})
    op.execute({index!r})


def downgrade():
    op.execute({drop!r})
'''


class History:
    """`count` migrations below `folder`: files for dbmate and Apus, a script for psql, a project for Alembic."""

    def __init__(self, folder: Path, count: int) -> None:
        self.count = count
        self.directory = folder / "migrations"
        self.script = folder / "migrations.sql"
        self.alembic = folder / "alembic"
        for path in (self.directory, self.alembic / "versions"):
            path.mkdir(parents=True)
        self._write()

    def _write(self) -> None:
        script = []
        for number in range(1, self.count + 1):
            table, index, drop = statements(number)
            name = f"{version(number)}_create_t{number:05}.sql"
            (self.directory / name).write_text(
                f"-- migrate:up\n{table}\n{index}\n\n-- migrate:down\n{drop}\n"
            )
            script.append(f"BEGIN;\n{table}\n{index}\nCOMMIT;\n")
            (self.alembic / "versions" / f"{version(number)}.py").write_text(
                ALEMBIC_REVISION.format(
                    revision=version(number),
                    parent=version(number - 1) if number > 1 else None,
                    table=table,
                    index=index,
                    drop=drop,
                )
            )
        self.script.write_text("".join(script))
        (self.alembic / "env.py").write_text(ALEMBIC_ENV)
        (self.alembic / "alembic.ini").write_text(
            "[alembic]\nscript_location = %(here)s\npath_separator = os\n"
        )

    def with_record(self, path: Path) -> Path:
        """A script for psql that records each migration as well, which every migration tool has to do."""
        blocks = self.script.read_text().split("COMMIT;\n")[:-1]
        lines = ["CREATE TABLE schema_migrations (version text PRIMARY KEY);\n"]
        for number, block in enumerate(blocks, start=1):
            record = f"INSERT INTO schema_migrations VALUES ('{version(number)}');\n"
            lines.append(f"{block}{record}COMMIT;\n")
        path.write_text("".join(lines))
        return path


def version(number: int) -> str:
    return str(FIRST_VERSION + number)


def statements(number: int) -> tuple[str, str, str]:
    name = f"t{number:05}"
    return (
        f"CREATE TABLE {name} (id bigint PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());",
        f"CREATE INDEX {name}_name ON {name} (name);",
        f"DROP TABLE {name};",
    )

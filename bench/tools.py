"""How each tool is called, and what one call costs."""

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from history import History

ROOT = Path(os.environ.get("BENCH_ROOT", Path(__file__).parent.parent))
PEERS = Path(os.environ.get("BENCH_PEERS", ROOT / ".build-bench/venv/bin"))
APUS = ROOT / "dist/apus"


@dataclass(frozen=True)
class Sample:
    """One run of one tool."""

    seconds: float
    # The highest resident set; None where nothing but the time was taken.
    kilobytes: int | None = None


@dataclass(frozen=True)
class Tool:
    """A name, and what its command line and environment are for a history and a database."""

    name: str
    command: Callable[[History, str], tuple[list[str], dict[str, str]]]


def at(url: str, database: str | None = None, port: int | None = None) -> str:
    """The URL of another database of the same server, or of the same one through a proxy."""
    parts = urlsplit(url)
    netloc = parts.netloc if port is None else f"{parts.netloc.rsplit(':', 1)[0]}:{port}"
    return urlunsplit(parts._replace(netloc=netloc, path=parts.path if database is None else f"/{database}"))


def apus(history: History, url: str) -> tuple[list[str], dict[str, str]]:
    return [str(APUS), "run", "--migrations", str(history.directory)], {
        "APUS_DATABASE_URL": f"{url}?sslmode=disable"
    }


def dbmate(history: History, url: str) -> tuple[list[str], dict[str, str]]:
    arguments = ["--no-dump-schema", "--migrations-dir", str(history.directory), "migrate"]
    return [str(PEERS / "dbmate"), *arguments], {"DATABASE_URL": f"{url}?sslmode=disable"}


def alembic(history: History, url: str) -> tuple[list[str], dict[str, str]]:
    address = url.replace("postgres://", "postgresql+psycopg2://") + "?sslmode=disable"
    command = [str(PEERS / "alembic"), "--config", str(history.alembic / "alembic.ini"), "upgrade", "head"]
    return command, {"BENCH_ALEMBIC_URL": address}


def psql(history: History, url: str) -> tuple[list[str], dict[str, str]]:
    command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(history.script), "-d", f"{url}?sslmode=disable"]
    return command, {}


TOOLS = {tool.name: tool for tool in (Tool("apus", apus), Tool("dbmate", dbmate), Tool("alembic", alembic), Tool("psql", psql))}


def environment(extra: dict[str, str]) -> dict[str, str]:
    """Nothing that the surroundings set reaches a tool, except where programs are."""
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", **extra}


def run(command: list[str], extra: dict[str, str]) -> Sample:
    """One run, timed."""
    began = time.perf_counter()
    _finished(command, extra)
    return Sample(time.perf_counter() - began)


def weigh(command: list[str], extra: dict[str, str]) -> Sample:
    """One run with its memory. GNU time stands between, because the kernel counts the memory of the process that forks as the
    child's. It takes a millisecond of its own, so that the times of such runs do not count."""
    began = time.perf_counter()
    done = _finished(["/usr/bin/time", "--quiet", "--format=%M", *command], extra)
    return Sample(time.perf_counter() - began, int(done.stderr.strip().splitlines()[-1]))


def _finished(command: list[str], extra: dict[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, env=environment(extra), cwd="/", capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done

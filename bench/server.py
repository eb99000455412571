"""The throwaway server: its databases, and a second one whose coming up is measured."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from tools import at, environment

URL = os.environ.get("APUS_TEST_DATABASE", "")


def sql(database_url: str, text: str) -> str:
    """What psql prints for it, unaligned."""
    command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database_url, "-f", "-"]
    done = subprocess.run(command, input=text, env=environment({}), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"psql: {done.stderr}")
    return done.stdout.strip()


def fresh_database(name: str) -> str:
    """An empty database of that name, and its URL. What was written before is on the disk when this returns."""
    sql(URL, f"DROP DATABASE IF EXISTS {name};")
    sql(URL, f"CREATE DATABASE {name};")
    settle()
    return at(URL, name)


def settle() -> None:
    """Lets no tool pay for what the one before it has written."""
    sql(URL, "CHECKPOINT;")
    os.sync()


class SlowStarter:
    """A server that logs when it is ready and what reaches it first, and can be started again and again."""

    def __init__(self) -> None:
        self.bin = Path(os.environ["APUS_TEST_POSTGRES_BIN"])
        self.folder = Path(tempfile.mkdtemp(prefix="apus-bench-"))
        self.log = self.folder / "log"
        self.port = free_port()
        self.url = f"postgres://apus@127.0.0.1:{self.port}/postgres"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "--no-sync", "-A", "trust", "-U", "apus", "-E", "UTF8", "--locale=C.UTF-8")
        # %n: the time in milliseconds since the epoch.
        self._configure(
            f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{self.folder}'\n"
            "log_line_prefix = '%n|%a|'\nlog_connections = on\nlog_statement = all\n"
        )

    def start(self) -> None:
        self._run("pg_ctl", "-s", "-w", "-l", str(self.log), "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-s", "-w", "-m", "immediate", "stop")

    def remove(self) -> None:
        shutil.rmtree(self.folder)

    def first_times(self) -> tuple[float, float, float]:
        """Seconds: when the server was ready, when the first statement came, and the first CREATE TABLE of a migration."""
        text = self.log.read_text()
        ready = self._time_of(text, r"LOG:  database system is ready to accept connections")
        first = self._time_of(text, r"LOG:  (statement|execute)")
        # The statement may stand in a later line of a longer text.
        change = self._time_of(text, r"LOG:  (statement|execute)(?:(?!\|LOG:)[\s\S])*?CREATE TABLE t0")
        return ready, first, change

    def _time_of(self, text: str, event: str) -> float:
        found = re.search(rf"^([0-9.]+)\|[^|\n]*\|{event}", text, re.MULTILINE)
        if found is None:
            raise SystemExit(f"the log has no {event}:\n{text[-2000:]}")
        return float(found.group(1))

    def _configure(self, text: str) -> None:
        with (self.folder / "data/postgresql.conf").open("a") as file:
            file.write(text)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments, "-D", str(self.folder / "data")]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def round_trip(database_url: str, count: int = 20) -> float:
    """Seconds for one `SELECT 1` on an open connection, the median of `count`, as psql's \\timing sees it."""
    lines = sql(database_url, "\\timing on\n" + "SELECT 1;\n" * count).splitlines()
    times = sorted(float(line.split()[1]) for line in lines if line.startswith("Time:"))
    return times[len(times) // 2] / 1000

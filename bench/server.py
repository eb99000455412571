"""The throwaway server: its databases, and a second one whose coming up is measured."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
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
        ready = first = change = None
        for line in self.log.read_text().splitlines():
            stamp, _, rest = line.partition("|")
            if "database system is ready to accept connections" in rest:
                ready = float(stamp)
            is_statement = "LOG:  statement:" in rest or "LOG:  execute" in rest
            # pg_ctl -w looks as well, without a statement of its own.
            if is_statement and ready is not None and first is None:
                first = float(stamp)
            if ready is not None and change is None and ("CREATE TABLE t0" in line):
                change = float(stamp) if is_statement else last
            if stamp.replace(".", "").isdigit():
                last = float(stamp)
        if ready is None or first is None or change is None:
            raise SystemExit(f"the log lacks a line: ready {ready}, first {first}, change {change}")
        return ready, first, change

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

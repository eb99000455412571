"""Starts examples/server as its readers do, and looks at it from the outside. Started by Tests/server/run."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request
from pathlib import Path

SERVER = os.environ["SERVER_BIN"]
POSTGRES = os.environ["APUS_TEST_DATABASE"]
EXAMPLE = Path(__file__).parents[2] / "examples/server"
ENDLESS = {
    "sqlite": "CREATE TABLE endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;",
    "postgres": "SELECT pg_sleep(600);",
}


class Instance:
    """One running server."""

    def __init__(self, folder: Path, url: str) -> None:
        self.log = tempfile.NamedTemporaryFile("w+", dir=folder, suffix=".log")
        self.process = subprocess.Popen(
            [SERVER],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "DATABASE_URL": url, "PORT": "0"},
            stderr=self.log,
        )

    @property
    def said(self) -> str:
        return Path(self.log.name).read_text()

    def until(self, words: str) -> str:
        """Waits until it has said this; returns what follows on the line."""
        for _ in range(600):
            if words in self.said:
                return self.said.split(words)[1].split("\n")[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"it did not say {words!r}, but: {self.said}")

    def get(self, path: str) -> tuple[int, str]:
        port = self.until("listening on port ")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def end(self, number: int | None = None) -> int:
        if number is not None:
            self.process.send_signal(number)
        return self.process.wait(30)

    def __enter__(self) -> "Instance":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def equal(got: object, wanted: object) -> None:
    assert got == wanted, f"{got!r} is not {wanted!r}"


# --- what is looked at; each gets a folder with the example's migrations, and the URL of an empty database


def starts_and_is_healthy(folder: Path, url: str, _: str) -> None:
    with Instance(folder, url) as server:
        equal(server.get("/healthz"), (200, "ok\n"))
        equal(server.get("/elsewhere")[0], 404)
        assert "2 applied" in server.said
        equal(server.end(signal.SIGTERM), 0)


def two_at_once_migrate_once(folder: Path, url: str, _: str) -> None:
    with Instance(folder, url) as one, Instance(folder, url) as other:
        equal((one.get("/healthz")[0], other.get("/healthz")[0]), (200, 200))
        equal(sorted("2 applied" in server.said for server in (one, other)), [False, True])


def is_unhealthy_while_something_is_pending(folder: Path, url: str, _: str) -> None:
    with Instance(folder, url) as old:
        equal(old.get("/healthz")[0], 200)
        (folder / "migrations/0003_more.sql").write_text("CREATE TABLE more (x int);")
        equal(old.get("/healthz"), (503, "0003 is pending\n"))
        with Instance(folder, url) as new:
            equal(new.get("/healthz")[0], 200)
            equal(old.get("/healthz")[0], 200)


def ends_with_the_code_of_a_broken_migration(folder: Path, url: str, _: str) -> None:
    (folder / "migrations/0003_more.sql").write_text("CREATE TABLE more (x int);\nSELECT nothing FROM more;\n")
    with Instance(folder, url) as server:
        equal(server.end(), 3)
        assert "0003_more.sql:2:" in server.said and "listening" not in server.said, server.said


def ends_when_it_is_told_to_while_it_migrates(folder: Path, url: str, kind: str) -> None:
    (folder / "migrations/0003_endless.sql").write_text(ENDLESS[kind])
    with Instance(folder, url) as server:
        server.until('applying(revision: "0003"')
        equal(server.end(signal.SIGTERM), 143)
    (folder / "migrations/0003_endless.sql").unlink()
    with Instance(folder, url) as server:
        equal(server.get("/healthz")[0], 200)


def ends_with_the_code_of_a_wrong_url(folder: Path, _: str, __: str) -> None:
    with Instance(folder, "mysql://app:secret@host/db") as server:
        equal(server.end(), 78)
        assert "secret" not in server.said, server.said


TESTS = [
    starts_and_is_healthy,
    two_at_once_migrate_once,
    is_unhealthy_while_something_is_pending,
    ends_with_the_code_of_a_broken_migration,
    ends_when_it_is_told_to_while_it_migrates,
    ends_with_the_code_of_a_wrong_url,
]


def database(kind: str, folder: Path, number: int) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder}/server.db"
    subprocess.run(["psql", "-Xq", "-d", POSTGRES, "-c", f"CREATE DATABASE server_{number}"], check=True)
    return f"{POSTGRES.rsplit('/', 1)[0]}/server_{number}"


def main() -> None:
    failed = 0
    cases = [(kind, test) for kind in ENDLESS for test in TESTS]
    for number, (kind, test) in enumerate(cases):
        name = f"{kind}: {test.__name__.replace('_', ' ')}"
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(EXAMPLE / "migrations", f"{folder}/migrations")
            try:
                test(Path(folder), database(kind, Path(folder), number), kind)
                print(f"ok    {name}")
            except Exception:
                failed += 1
                print(f"FAIL  {name}\n{traceback.format_exc()}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()

"""Apus beside psql, dbmate and Alembic. Started by bench/run, which has the server and the other tools ready."""

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import server
from graph import GraphHistory, Times, line, tangle
from history import History, version
from proxy import Proxy
from tools import APUS, TOOLS, Sample, at, environment, run, weigh

DELAY = 0.005


@dataclass
class Options:
    rounds: int | None
    tools: list[str]
    count: int
    folder: Path
    histories: dict[int, History] = field(default_factory=dict)

    def history(self, count: int) -> History:
        if count not in self.histories:
            self.histories[count] = History(self.folder / str(count), count)
        return self.histories[count]


@dataclass
class Row:
    """One line of the table."""

    title: str
    cells: dict[str, str]
    figure: str = ""
    result: str = ""
    met: bool | None = None


# ---- rounds


How = Callable[[list[str], dict[str, str]], Sample]
Once = Callable[[str, str, How], Sample]

def alternate(
    names: list[str], rounds: int, prepare: Callable[[str], str], once: Once, warm_up: int = 1
) -> dict[str, list[Sample]]:
    """Every tool once per round, in an order that changes, after `warm_up` rounds of which only the memory counts."""
    samples: dict[str, list[Sample]] = {name: [] for name in names}
    for number in range(-warm_up, rounds):
        for name in random.sample(names, len(names)):
            samples[name].append(once(name, prepare(name), run if number >= 0 else weigh))
        note(f"round {number + 1} of {rounds}" if number >= 0 else "warm-up")
    return samples


def ratio(samples: dict[str, list[Sample]], other: str) -> float | None:
    """The median over the rounds of Apus's time by the other tool's in the same round."""
    if other not in samples or "apus" not in samples:
        return None
    return ratio_of_rounds(seconds(samples["apus"]), seconds(samples[other]))


def ratio_of_rounds(mine: Iterable[float], theirs: Iterable[float]) -> float:
    return median(one / other for one, other in zip(mine, theirs, strict=True))


def times(samples: dict[str, list[Sample]]) -> dict[str, str]:
    return {name: short(median(seconds(taken))) for name, taken in samples.items()}


def seconds(samples: list[Sample]) -> list[float]:
    return [sample.seconds for sample in samples if sample.kilobytes is None]


def memory(title: str, samples: dict[str, list[Sample]], limit: float | None) -> Row:
    weighed = {name: [sample.kilobytes for sample in taken if sample.kilobytes] for name, taken in samples.items()}
    peaks = {name: max(kilobytes) / 1024 for name, kilobytes in weighed.items()}
    row = Row(title, {name: f"{peak:.1f} MB" for name, peak in peaks.items()})
    if limit is not None and "apus" in peaks:
        row.figure, row.result, row.met = f"≤ {limit:g} MB", f"{peaks['apus']:.1f} MB", peaks["apus"] <= limit
    return row


def judged(title: str, samples: dict[str, list[Sample]], limits: dict[str, float]) -> Row:
    """A row of times and what they are held to: at most so much of another tool's."""
    row = Row(title, times(samples))
    ratios = {other: ratio(samples, other) for other in samples if other != "apus"}
    row.result = ", ".join(f"{value:.2f} × {other}" for other, value in ratios.items() if value is not None)
    wanted = {other: limit for other, limit in limits.items() if ratios.get(other) is not None}
    row.figure = ", ".join(f"≤ {limit:g} × {other}" for other, limit in wanted.items())
    if wanted:
        row.met = all(ratios[other] <= limit for other, limit in wanted.items())
    return row


# ---- rows


def apply_once(history: History) -> Once:
    return lambda name, url, how: how(*TOOLS[name].command(history, url))


def no_op(options: Options) -> Iterable[Row]:
    """Nothing is pending: what nearly every start of a container is."""
    history = options.history(options.count)
    names = chosen(options, "apus", "dbmate", "alembic")
    urls = {name: server.fresh_database(f"noop_{name}") for name in names}
    for name, url in urls.items():
        run(*TOOLS[name].command(history, url))
        server.sql(url, "VACUUM ANALYZE;")
    server.settle()
    samples = alternate(names, options.rounds or 25, urls.__getitem__, apply_once(history))
    yield judged(f"no-op, {options.count:,} applied", samples, {"dbmate": 0.6})
    yield memory("· peak memory", samples, 24)


def no_op_10000(options: Options) -> Iterable[Row]:
    """The same with ten times as many; dbmate's table is filled by hand."""
    history = options.history(10_000)
    names = chosen(options, "apus", "dbmate")
    urls = {name: server.fresh_database(f"noop_{name}") for name in names}
    applied: dict[str, list[Sample]] = {}
    if "apus" in urls:
        applied = {"apus": [weigh(*TOOLS["apus"].command(history, urls["apus"]))]}
    if "dbmate" in urls:
        values = ",".join(f"('{version(number)}')" for number in range(1, 10_001))
        server.sql(
            urls["dbmate"],
            "CREATE TABLE schema_migrations (version varchar PRIMARY KEY);"
            f"INSERT INTO schema_migrations VALUES {values};",
        )
    for url in urls.values():
        server.sql(url, "VACUUM ANALYZE;")
    server.settle()
    samples = alternate(names, options.rounds or 7, urls.__getitem__, apply_once(history))
    yield judged("no-op, 10,000 applied", samples, {})
    yield memory("· peak memory", samples, None)
    if applied:
        yield Row("10,000 migrations, once", {"apus": short(applied["apus"][0].seconds)})
        yield memory("· peak memory", applied, None)


def migrations(options: Options) -> Iterable[Row]:
    """All migrations on an empty database, each in its own transaction."""
    history = options.history(options.count)
    recorded = history.with_record(options.folder / "recorded.sql")
    names = chosen(options, "apus", "dbmate", "alembic", "psql") + (["psql+record"] if "psql" in options.tools else [])

    def once(name: str, url: str, how: How) -> Sample:
        if name != "psql+record":
            return apply_once(history)(name, url, how)
        command, extra = TOOLS["psql"].command(history, url)
        return how([str(recorded) if word == str(history.script) else word for word in command], extra)

    samples = alternate(names, options.rounds or 4, lambda _: server.fresh_database("apply"), once)
    yield judged(f"{options.count:,} migrations", samples, {"psql": 1.05, "dbmate": 1.0})
    yield memory("· peak memory", samples, 24)


def latency(options: Options) -> Iterable[Row]:
    """The same where the database is 5 ms away: round trips are what counts."""
    history = options.history(options.count)
    names = chosen(options, "apus", "dbmate", "psql")
    url = server.URL
    proxy = Proxy("127.0.0.1", urlsplit(url).port, DELAY)
    direct, far = server.round_trip(url), server.round_trip(at(url, port=proxy.port))
    note(f"SELECT 1 takes {short(direct)} without the proxy and {short(far)} through it")

    def once(name: str, database: str, how: How) -> Sample:
        return apply_once(history)(name, at(database, port=proxy.port), how)

    samples = alternate(names, options.rounds or 2, lambda _: server.fresh_database("far"), once, warm_up=0)
    yield judged(f"{options.count:,} migrations, round trip {short(far)}", samples, {"dbmate": 0.35})


def start_up(options: Options) -> Iterable[Row]:
    """The job is there before the server, and waits for it."""
    history = options.history(1)
    waiting = {"apus": [], "dbmate": ["--wait", "--wait-timeout", "30s"]}
    names = chosen(options, *waiting)
    firsts: dict[str, list[float]] = {name: [] for name in names}
    changes: dict[str, list[float]] = {name: [] for name in names}
    starter = server.SlowStarter()
    try:
        for number in range(options.rounds or 15):
            for name in names:
                ready, first, change = start_once(starter, history, name, waiting[name])
                firsts[name].append(first - ready)
                changes[name].append(change - ready)
            note(f"round {number + 1}")
    finally:
        starter.remove()
    worst = max(firsts.get("apus", [0]))
    yield Row(
        "server ready → first statement",
        {name: short(median(taken)) for name, taken in firsts.items()},
        figure="≤ 250 ms",
        result=f"at most {short(worst)}",
        met=worst <= 0.25,
    )
    yield Row("· → first migration", {name: short(median(taken)) for name, taken in changes.items()})


def start_once(
    starter: server.SlowStarter, history: History, name: str, extra: list[str]
) -> tuple[float, float, float]:
    """The job first, then after a pause of chance the server; the times are the server's own."""
    starter.log.unlink(missing_ok=True)
    command, variables = TOOLS[name].command(history, starter.url)
    command = [command[0], *extra, *command[1:]]
    job = subprocess.Popen(command, env=environment(variables), cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.uniform(0.8, 2.3))
    starter.start()
    code = job.wait(timeout=60)
    times_seen = starter.first_times() if code == 0 else None
    server.sql(starter.url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    starter.stop()
    if times_seen is None:
        raise SystemExit(f"{name}: exit {code}")
    return times_seen


def graph(options: Options) -> Iterable[Row]:
    """Long histories that are all applied: read, compared with the ledger, planned. SQLite, so that no server counts."""
    for title, shape in (("in a line", line), ("with forks and merges", tangle)):
        histories = {
            count: GraphHistory(options.folder / f"{shape.__name__}-{count}", shape(count)) for count in (10_000, 100_000)
        }
        for count, history in histories.items():
            weighed = history.apus("upgrade", how=weigh)
            name = f"{count:,} revisions {title}, nothing pending"
            if count > 10_000:
                yield from beside_the_shorter(name, *history.times_beside(histories[10_000], options.rounds or 9))
            elif "alembic" in options.tools:
                yield from beside_alembic(name, *history.times_beside_alembic(options.rounds or 15))
            yield memory("· peak memory", {"apus": [weighed]}, 250 if count == 100_000 else None)


PARTS = "· load and plan alone", "· from memory"


def beside_alembic(name: str, mine: list[Times], theirs: list[Times]) -> Iterable[Row]:
    columns = zip((name, *PARTS), zip(*mine), zip(*theirs), (None, 1 / 40, None), strict=True)
    for title, apus, alembic, limit in columns:
        ratio = ratio_of_rounds(apus, alembic)
        times = {"apus": short(median(apus)), "alembic": short(median(alembic))}
        row = Row(title, times, result=f"1/{1 / ratio:.0f} × alembic")
        if limit is not None:
            row.figure, row.met = "≤ 1/40 × alembic", ratio <= limit
        yield row


def beside_the_shorter(name: str, mine: list[Times], shorter: list[Times]) -> Iterable[Row]:
    for title, apus, tenth, limit in zip((name, *PARTS), zip(*mine), zip(*shorter), (None, 12, None), strict=True):
        ratio = ratio_of_rounds(apus, tenth)
        row = Row(title, {"apus": short(median(apus))}, result=f"{ratio:.1f} × 10,000")
        if limit is not None:
            row.figure, row.met = "≤ 12 × 10,000", ratio <= limit
        yield row


def sizes(_: Options) -> Iterable[Row]:
    """The binary, and what the Dockerfile puts beside it into the image."""
    binary = APUS.stat().st_size
    beside = [Path("/etc/ssl/certs/ca-certificates.crt"), APUS.parent / "libraries.txt"]
    beside += (APUS.parent / "licenses").glob("*")
    image = binary + sum(path.stat().st_size for path in beside if path.exists())
    for title, size, limit in (("static binary, stripped", binary, 26), ("scratch image, unpacked", image, 28)):
        megabytes = size / 1024 / 1024
        yield Row(title, {"apus": f"{megabytes:.1f} MB"}, f"≤ {limit} MB", f"{megabytes:.1f} MB", megabytes <= limit)


ROWS: dict[str, Callable[[Options], Iterable[Row]]] = {
    "no-op": no_op,
    "apply": migrations,
    "latency": latency,
    "start": start_up,
    "graph": graph,
    "size": sizes,
    "no-op-10000": no_op_10000,
}


def chosen(options: Options, *names: str) -> list[str]:
    return [name for name in names if name in options.tools]


# ---- the table


COLUMNS = ["apus", "dbmate", "alembic", "psql", "psql+record"]


def table(rows: list[Row]) -> list[list[str]]:
    columns = [name for name in COLUMNS if any(name in row.cells for row in rows)]
    head = ["what", *columns, "Apus is", "to reach", ""]
    verdict = {True: "met", False: "MISSED", None: ""}
    body = [
        [row.title, *(row.cells.get(name, "–") for name in columns), row.result, row.figure, verdict[row.met]]
        for row in rows
    ]
    return [head, *body]


def markdown(lines: list[list[str]]) -> str:
    """One table for both: aligned for people, and Markdown all the same."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    texts = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines]
    texts.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(texts)


def machine() -> str:
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "?")
    postgres = server.sql(server.URL, "SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync');")
    return f"{os.cpu_count()} × {model}, Linux {platform.release()}, PostgreSQL {postgres}, load {load()}"


def short(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1000:.2f} ms"
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def load() -> str:
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def note(words: str) -> None:
    print(f"bench: {words}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures Apus beside psql, dbmate and Alembic.")
    parser.add_argument("--row", action="append", choices=list(ROWS), help="only this row; may be repeated")
    parser.add_argument("--rounds", type=int, help="how often each tool runs (default: as many as the row needs)")
    parser.add_argument("--tools", default=",".join(TOOLS), help="only these, separated by commas (default: %(default)s)")
    parser.add_argument("--count", type=int, default=1000, help="how many migrations (default: %(default)s)")
    parser.add_argument("--output", type=Path, help="write the table to this file too")
    arguments = parser.parse_args()
    before = machine()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="apus-bench-") as folder:
        options = Options(arguments.rounds, arguments.tools.split(","), arguments.count, Path(folder))
        for name in arguments.row or ROWS:
            note(name)
            rows += ROWS[name](options)
    text = f"{before} before, {load()} after\n\n{markdown(table(rows))}"
    print(text)
    if arguments.output:
        arguments.output.write_text(text + "\n")


if __name__ == "__main__":
    main()

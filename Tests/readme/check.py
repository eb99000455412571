"""Compares what the documents say with what the program does. Called by Tests/readme/run, beside a server.

Blocks of shell in README.md:   ```sh                 runs in a copy of the repository, with apus on the PATH and a database of its own
                                ```sh here            runs in the repository itself
                                ```sh needs=PROGRAM   is skipped where the program does not work
Blocks of another file:         ```yaml FILE          its lines stand in FILE, in this order; the same with ```swift FILE
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
APUS = os.environ["APUS_BIN"]
SERVER = os.environ["APUS_TEST_DATABASE"]
# The network is not asked for what runs here; --version proves nothing about a daemon.
WORKS = {"docker": ["docker", "info"], "kubectl": ["kubectl", "version", "--client"]}
# Options of other programs, which the documents name too.
FOREIGN = {
    "--profile", "--rm", "--volumes", "--ignore-not-found", "--server-side", "--sort-by", "--timeout", "--globals-only",
    "--clean", "--if-exists", "--explicit-target-dependency-import-check",
}
passed = failed = skipped = 0


def check(name, problem=None):
    """Counts one fact; a problem is a text, or a list of them."""
    global passed, failed
    problems = [problem] if isinstance(problem, str) else list(problem or [])
    if problems:
        failed += 1
        print(f"FAIL  {name}")
        for line in problems:
            print("      " + line.replace("\n", "\n      "))
    else:
        passed += 1
        print(f"ok    {name}")


def skip(name, reason):
    global skipped
    skipped += 1
    print(f"skip  {name}: {reason}")


def apus(*arguments, **environment):
    return subprocess.run(
        [APUS, *arguments], capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
    )


def documents():
    return [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("examples/**/*.md")),
            *sorted(ROOT.glob("bench/*.md"))]


def name_of(path):
    return str(path.relative_to(ROOT))


def blocks(path):
    """Every fenced block: its words after the fence, its line, its text."""
    found = re.finditer(r"^```([^\n]*)\n(.*?)^```$", path.read_text(), re.M | re.S)
    text = path.read_text()
    return [(block[1].split(), text.count("\n", 0, block.start()) + 1, block[2]) for block in found]


def rows(text):
    """The cells of every row of every table, without backquotes."""
    for line in text.splitlines():
        if line.startswith("| ") and not set(line) <= set("| -"):
            yield [cell.strip().replace("`", "") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


databases = 0


def fresh_database():
    global databases
    databases += 1
    name = f"readme_{databases}"
    subprocess.run(["psql", SERVER, "-qc", f"CREATE DATABASE {name}"], check=True)
    return re.sub(r"/[^/]*$", f"/{name}", SERVER)


# ---- what can be run


def run_blocks():
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "apus"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".build*", ".venv", "dist"))
        (Path(folder) / "bin").mkdir()
        (Path(folder) / "bin/apus").symlink_to(APUS)
        for words, line, text in blocks(ROOT / "README.md"):
            if words[:1] == ["sh"]:
                run_block(f"README.md:{line} runs", words[1:], text, copy, f"{folder}/bin")


def run_block(name, words, text, copy, path):
    for need in [word.removeprefix("needs=") for word in words if word.startswith("needs=")]:
        try:
            subprocess.run(WORKS[need], check=True, capture_output=True, timeout=30)
        except (OSError, subprocess.SubprocessError):
            return skip(name, f"{need} is not here, or does not answer")
    text = re.sub(r"\bDATABASE_URL=postgres://\S+", lambda _: f"DATABASE_URL={fresh_database()}", text)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text], cwd=ROOT if "here" in words else copy, timeout=1800,
        env={**os.environ, "PATH": f"{path}:{os.environ['PATH']}"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    check(name, None if done.returncode == 0 else f"exit {done.returncode}\n{done.stdout[-2000:]}")


def compare_demo():
    """The picture in README.md is what `make demo` shows, but for times, numbers and names made up on the way."""
    done = subprocess.run([ROOT / "scripts/demo"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=1800)
    picture = next(text for words, _, text in blocks(ROOT / "README.md") if not words)
    wanted, found = (list(map(without_chance, text.splitlines())) for text in (picture, done.stdout))
    problems = [f"exit {done.returncode}\n{done.stderr}"] if done.returncode else []
    check("README.md: the picture is what make demo shows", problems + [f"not shown: {line}" for line in wanted if line not in found])


def without_chance(line):
    line = re.sub(r"\b[\d.]+ (ms|s)\b", "TIME", line)
    line = re.sub(r"\d{8}T\d{6}Z-\w{26}|\bdemo\.\w+", "NAME", line)
    return re.sub(r"(127\.0\.0\.1:|port |PostgreSQL |pg_dump )[\d.]+", r"\1NUMBER", line)


def compare_copied_blocks():
    for path in documents():
        for words, line, text in blocks(path):
            if len(words) == 2 and words[0] in ("yaml", "swift"):
                rest = iter(stripped((ROOT / words[1]).read_text()))
                missing = next((wanted for wanted in stripped(text) if wanted not in rest), None)
                check(f"{name_of(path)}:{line} is in {words[1]}", missing and f"not there, or in another order: {missing}")


def stripped(text):
    lines = (re.sub(r"\s+#.*$", "", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


# ---- what is said of the command line


def read_help():
    """By command: every option, and what the help says of its default."""
    commands = re.findall(r"^  ([a-z-]+)  ", apus("--help").stdout.split("SUBCOMMANDS:")[1], re.M)
    options = {}
    for command in commands:
        text = apus(command, "--help").stdout.split("USAGE:", 1)[1].split("\n", 1)[1]
        options[command] = {}
        for entry in re.split(r"\n(?=  -)", text):
            flag = re.match(r"\s*(?:-\w, )?(--[a-z-]+)", entry)
            if flag:
                default = re.search(r"\(default: (.*?)\)", re.sub(r"\s+", " ", entry.split("\n\n")[0]))
                options[command][flag[1]] = default and default[1]
    return options


def compare_flags(options):
    # Every command has this one, and no help shows it.
    known = {flag for flags in options.values() for flag in flags} | {"--generate-completion-script"}
    for path in documents():
        if path.parent.name == "bench" or path.name == "alembic.md":
            continue  # they speak of other programs' options
        named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*[a-z]", path.read_text()))
        check(f"{name_of(path)}: its flags exist", [f"no command has {flag}" for flag in sorted(named - known - FOREIGN)])
    text = (ROOT / "docs/configuration.md").read_text()
    missing = [flag for flag in sorted(known - {"--generate-completion-script"}) if not re.search(re.escape(flag) + r"(?![a-z-])", text)]
    check("docs/configuration.md has every flag", [f"{flag} is missing" for flag in missing])


def compare_commands(options):
    for path in documents():
        text = path.read_text()
        code = re.findall(r"`apus ([a-z]+)", text) + re.findall(r"^(?:\$ )?apus ([a-z]+)", text, re.M)
        check(f"{name_of(path)}: its commands exist", [f"there is no apus {name}" for name in sorted(set(code) - set(options))])


def compare_settings(options):
    settings = {flag: default for flags in options.values() for flag, default in flags.items()}
    problems = []
    for cells in rows((ROOT / "docs/configuration.md").read_text()):
        flag, variable, default = (cells + ["", ""])[:3]
        if not flag.startswith("--"):
            continue
        if variable != "APUS_" + flag[2:].upper().replace("-", "_"):
            problems.append(f"{flag}: its variable is not {variable}")
        # The environment has a fallback that the help need not repeat.
        if default != (settings.get(flag) or "") and flag != "--database-url":
            problems.append(f'{flag}: the default is "{settings.get(flag)}", not "{default}"')
    check("docs/configuration.md: variables and defaults are those of the help", problems)
    readme = (ROOT / "README.md").read_text().split("## Configuration")[1].split("\n## ")[0]
    problems = [
        f'{cells[0]}: the default is "{settings.get(cells[0])}", not "{cells[1]}"' for cells in rows(readme)
        if cells[0].startswith("--") and cells[1] and cells[0] != "--database-url"
        and not (settings.get(cells[0]) or "").startswith(cells[1])
    ]
    check("README.md: defaults are those of the help", problems)


def compare_variables(options):
    known = {"APUS_" + flag[2:].upper().replace("-", "_") for flags in options.values() for flag in flags}
    for folder in ("Sources", "scripts", "k8s", "examples", "Tests"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix != ".md" and "readme" not in path.parts:
                known |= set(re.findall(r"\bAPUS_[A-Z_]+[A-Z]", path.read_text(errors="ignore")))
    secrets = re.findall(r'secret\("([a-z-]+)"\)', "".join(p.read_text() for p in (ROOT / "Sources/apus").rglob("*.swift")))
    for secret in secrets:
        name = "APUS_" + secret.upper().replace("-", "_")
        known |= {name, f"{name}_FILE"}
    for path in documents():
        named = set(re.findall(r"\bAPUS_[A-Z_]+[A-Z]", path.read_text()))
        check(f"{name_of(path)}: its variables exist", [f"nobody reads {name}" for name in sorted(named - known)])
    text = (ROOT / "docs/configuration.md").read_text()
    check(
        "docs/configuration.md has every secret's variables",
        [f"{secret} is missing" for secret in set(secrets)
         if f"APUS_{secret.upper().replace('-', '_')}_FILE" not in text],
    )


def compare_exit_codes():
    codes = json.loads(apus("explain", "--format", "json").stdout)
    wanted = [
        [str(code["code"]), code["reason"], code["meaning"], code["database"], "yes" if code["retryable"] else "no"]
        for code in codes
    ]
    table = (ROOT / "README.md").read_text().split("## Exit codes")[1].split("\n## ")[0]
    found = [cells for cells in rows(table) if cells[0].isdigit()]
    problems = [f"there should be: | {' | '.join(row)} |" for row in wanted if row not in found]
    problems += [f"there should not be: | {' | '.join(row)} |" for row in found if row not in wanted]
    check("README.md: the exit codes are those of apus explain", problems)
    schema = json.loads((ROOT / "docs/report.schema.json").read_text())
    ends = [code["code"] for code in codes if not code["checks_only"]]
    check("the schema's codes are those of apus explain", None if schema["properties"]["code"]["enum"] == ends else str(ends))


# ---- the report and the hook


def strict(schema):
    """The schema, refusing what it does not describe."""
    if isinstance(schema, dict):
        extra = {"additionalProperties": False} if "properties" in schema else {}
        return {**{key: strict(value) for key, value in schema.items()}, **extra}
    return [strict(item) for item in schema] if isinstance(schema, list) else schema


def write(folder, name, sql):
    (folder / name).write_text(sql)


def check_reports():
    schema = json.loads((ROOT / "docs/report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(strict(schema))
    seen = set()

    def report(case, code, *flags, url, folder, command="run", **environment):
        file, message = folder / "report.json", folder / "termination"
        file.unlink(missing_ok=True)
        message.write_text("")
        done = apus(command, "--migrations", str(folder), "--report-file", str(file), "--log-format", "json", *flags,
                    APUS_DATABASE_URL=url, APUS_TERMINATION_LOG=str(message), **environment)
        problems = [] if done.returncode == code else [f"exit {done.returncode}, not {code}: {done.stdout}{done.stderr}"]
        texts = {"the file": file.read_text(), "the last line": done.stdout.splitlines()[-1], "the termination message": message.read_text()}
        for place, text in texts.items():
            document = json.loads(text)
            problems += [f"{place}: {error.json_path}: {error.message}" for error in validator.iter_errors(document)]
            for key in ("started", "finished"):
                datetime.fromisoformat(document[key].replace("Z", "+00:00"))
            if len(text.encode()) > 2048:
                problems.append(f"{place}: {len(text.encode())} bytes")
            seen.update(document)
        check(f"the report of a run that {case} fits its schema", problems)

    with tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), fresh_database()
        run = dict(url=url, folder=folder)
        write(folder, "1_a.sql", "CREATE TABLE a (id int);")
        hook = f"""sh -c "env >{name}/environment; echo '{{\\"artifact\\":{{\\"id\\":\\"x\\"}}}}'\""""
        report("is only tried", 0, "--dry-run", command="upgrade", **run)
        report("succeeds", 0, "--tag", "release 7", "--backup-command", hook, "--backup-dir", name, APUS_NOTIFY_URL="http://127.0.0.1:1/", APUS_NOTIFY_TIMEOUT="1s", **run)
        check_hook((folder / "environment").read_text())
        report("finds nothing to do", 0, **run)
        write(folder, "2_b.sql", "-- migrate:up\nSELECT 1;\nSELECT nothing;\n")
        report("fails", 3, **run)
        report("is refused its backup", 5, "--backup-command", "false", **run)
        write(folder, "2_b.sql", "-- migrate:up transaction:false\nCREATE TABLE b ();\nSELECT nothing;\n")
        report("stops half way", 4, **run)
        write(folder, "2_b.sql", "-- migrate:up transaction:false\nCREATE TABLE b ();\nSELECT 1;\n")
        report("is resumed", 0, "--resume", **run)
        write(folder, "3_c.sql", "ALTER TABLE a ADD b int;")
        blocker = subprocess.Popen(["psql", url, "-qc", "BEGIN; LOCK a; SELECT pg_sleep(30)"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while "a" not in subprocess.run(["psql", url, "-Atc", "SELECT relation::regclass FROM pg_locks WHERE mode = 'AccessExclusiveLock'"], capture_output=True, text=True).stdout.split():
            pass
        report("meets a lock", 75, "--lock-retry-budget", "1s", **run)
        blocker.terminate()
        write(folder, "1_a.sql", "CREATE TABLE a (id bigint);")
        report("meets an edited file", 7, **run)
        report("finds no server", 69, "--wait-timeout", "0", **{**run, "url": "postgres://a@127.0.0.1:1/a"})
        report("finds no database", 78, "--grace", "0", **{**run, "url": f"{url}x"})
    unseen = set(schema["properties"]) - seen
    check("every field of the schema was seen in a report", [f"{field} never occurred" for field in sorted(unseen)])


def check_hook(environment):
    """What a hook was given is what docs/hooks.md promises, and nothing else."""
    given = {line.split("=", 1)[0] for line in environment.splitlines()} - {"PWD", "SHLVL", "_", "OLDPWD"}
    table = (ROOT / "docs/hooks.md").read_text().split("**In**")[1].split("**Out**")[0]
    promised = {name for cells in rows(table) for name in re.findall(r"\b[A-Z_]{4,}\b|\bTZ\b", cells[0])}
    check("docs/hooks.md names all that a hook is given", [f"{name} is not named" for name in sorted(given - promised)])
    needed = {name for name in promised if name.startswith("APUS_")} | {"PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSFILE"}
    check("a hook is given all that docs/hooks.md names", [f"{name} is missing" for name in sorted(needed - given)])


# ---- links


def anchors(path):
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def check_links():
    for path in documents():
        problems = []
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            place = (path.parent / file).resolve() if file else path
            if not place.exists():
                problems.append(f"{target}: there is no such file")
            elif anchor and anchor not in anchors(place):
                problems.append(f"{target}: there is no such heading")
        check(f"{name_of(path)}: its links lead somewhere", problems)


if __name__ == "__main__":
    options = read_help()
    compare_exit_codes()
    compare_commands(options)
    compare_flags(options)
    compare_settings(options)
    compare_variables(options)
    compare_copied_blocks()
    check_links()
    check_reports()
    compare_demo()
    run_blocks()
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(failed > 0)

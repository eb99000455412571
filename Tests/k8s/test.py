"""Validates manifests, then breaks the whole one (Job, Deployment and Secrets) to show that each check notices.

    test.py EXIT_CODES.json FILE...
"""
import copy
import json
import pathlib
import sys

import kubernetes_validate

import check

VERSIONS = [f"1.{minor}" for minor in range(28, 38)]

# kustomize is silent about a patch whose target is not there.
TRACES = {
    "argocd": "argocd.argoproj.io/hook-delete-policy",
    "flux": "kustomize.toolkit.fluxcd.io/force",
    "notify": "APUS_NOTIFY_URL_FILE",
    "example": "--wait-timeout",
}

passed = failed = 0


def report(name, problems):
    global passed, failed
    if problems:
        failed += 1
        print(f"FAIL  {name}", *(f"      {problem}" for problem in problems), sep="\n")
    else:
        passed += 1
        print(f"ok    {name}")


def schema_problems(documents, version):
    for document in documents:
        try:
            kubernetes_validate.validate(document, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"{document['kind']}: {'.'.join(map(str, error.path))}: {error.message}"
        except kubernetes_validate.SchemaNotFoundError:
            yield f"{document.get('kind')} {document.get('apiVersion')} is no kind of Kubernetes {version}"


# --- ways to break a manifest; each gets the documents by kind

def at(kind, path, value):
    """Sets, or with `...` deletes, what the dotted path names."""
    def change(documents):
        *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
        place = next(document for document in documents if document["kind"] == kind)
        for key in parents:
            place = place[key]
        if value is ...:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
    return change


def also(document):
    return lambda documents: documents.append(document)


SPEC, POD, RULE = "spec", "spec.template.spec", "spec.podFailurePolicy.rules"
TOOL = POD + ".containers.0"
GATE = POD + ".initContainers.0"
LARGE = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "migrations"}, "data": {"a.sql": "x" * 1_100_000}}
AWKWARD = {**LARGE, "data": {"a.sql": "x" * 300_000}}

BROKEN_RULES = {
    "restartPolicy Never": at("Job", POD + ".restartPolicy", "OnFailure"),
    "neither Never nor OnFailure": at("Job", POD + ".restartPolicy", "Always"),
    "podReplacementPolicy Failed": at("Job", SPEC + ".podReplacementPolicy", "TerminatingOrFailed"),
    "sorted and unique": at("Job", RULE + ".0.onExitCodes.values", [4, 3]),
    "not sorted and unique": at("Job", RULE + ".0.onExitCodes.values", [3, 3]),
    "0 is no failure": at("Job", RULE + ".0.onExitCodes.values", [0, 3]),
    "between 0 and 255": at("Job", RULE + ".0.onExitCodes.values", [3, 256]),
    "which is no container": at("Job", RULE + ".0.onExitCodes.containerName", "other"),
    "either onExitCodes or onPodConditions": at("Job", RULE + ".0.onPodConditions", [{"type": "Ready", "status": "False"}]),
    "during a drain": at("Job", RULE + ".2", {"action": "FailJob", "onExitCodes": {"operator": "In", "values": [3]}}),
    "a drained pod counts": at("Job", RULE + ".1.action", "Count"),
    "more than 20 rules": at("Job", RULE, [{"action": "Count", "onExitCodes": {"operator": "In", "values": [1]}}] * 21),
    "no podFailurePolicy": at("Job", SPEC + ".podFailurePolicy", ...),
    "higher than Kubernetes's": at("Job", SPEC + ".backoffLimit", 100),
    "activeDeadlineSeconds is not positive": at("Job", SPEC + ".activeDeadlineSeconds", -1),
    "do not end before": at("Job", SPEC + ".activeDeadlineSeconds", 3300),
    "the grace period do not end": at("Job", POD + ".terminationGracePeriodSeconds", 300),
    "has no APUS_DEADLINE": at("Job", TOOL + ".env", []),
    "longer than its deadline": at("Job", TOOL + ".env", [
        {"name": "APUS_WAIT_TIMEOUT", "value": "1h"}, {"name": "APUS_DEADLINE", "value": "50m"}]),
    "which is no volume": at("Job", TOOL + ".volumeMounts.0.name", "other"),
    "at the same path": at("Job", TOOL + ".volumeMounts.0.mountPath", "/tmp"),
    "is mounted nowhere": at("Job", TOOL + ".volumeMounts.0", ...),
    "volumes have the same name": at("Job", POD + ".volumes.3", {"name": "tmp", "emptyDir": {}}),
    "a file that nothing mounts": at("Job", TOOL + ".env.0", {"name": "APUS_NOTIFY_URL_FILE", "value": "/elsewhere/url"}),
    "sets a variable twice": at("Job", TOOL + ".env.0", {"name": "APUS_DEADLINE", "value": "55m"}),
    "and its _FILE": at("Job", TOOL + ".env.0", {"name": "APUS_DATABASE_URL", "valueFrom": {}}),
    "a secret in the manifest": at("Job", TOOL + ".env.0", {"name": "APUS_DATABASE_PASSWORD", "value": "hunter2"}),
    "is not there": at("Job", POD + ".volumes.0.secret.secretName", "other"),
    "64Mb is no quantity": at("Job", TOOL + ".resources.limits.memory", "64Mb"),
    "16mb is no quantity": at("Job", POD + ".volumes.2.emptyDir.sizeLimit", "16mb"),
    "more memory than its limit": at("Job", TOOL + ".resources.requests.memory", "1Gi"),
    "no memory limit": at("Job", TOOL + ".resources.limits", {}),
    "not a DNS label": at("Job", "metadata.name", "Migrate_1"),
    "containers have the same name": at("Deployment", GATE + ".name", "shop"),
    "longer than progressDeadlineSeconds": at("Deployment", SPEC + ".progressDeadlineSeconds", 600),
    "does not match the pods' labels": at("Deployment", "spec.selector.matchLabels", {"app": "other"}),
    "hostNetwork": at("Deployment", POD + ".hostNetwork", True),
    "sysctls": at("Deployment", POD + ".securityContext.sysctls", [{"name": "kernel.msgmax", "value": "1"}]),
    "token is mounted": at("Job", POD + ".automountServiceAccountToken", ...),
    "of the type hostPath": at("Job", POD + ".volumes.0", {"name": "database", "hostPath": {"path": "/"}}),
    "privileged": at("Job", TOOL + ".securityContext.privileged", True),
    "privilege escalation": at("Deployment", GATE + ".securityContext.allowPrivilegeEscalation", ...),
    "may run as root": at("Job", POD + ".securityContext.runAsNonRoot", ...),
    "no numeric user": at("Job", POD + ".securityContext.runAsUser", 0),
    "drop all capabilities": at("Job", TOOL + ".securityContext.capabilities", {}),
    "adds capabilities": at("Job", TOOL + ".securityContext.capabilities.add", ["SYS_ADMIN"]),
    "no seccomp profile": at("Job", POD + ".securityContext.seccompProfile", ...),
    "unmasks /proc": at("Job", TOOL + ".securityContext.procMount", "Unmasked"),
    "writable root": at("Job", TOOL + ".securityContext.readOnlyRootFilesystem", ...),
    "port of the host": at("Deployment", POD + ".containers.0.ports.0.hostPort", 80),
    "larger than 1 MiB": also(LARGE),
    "without --server-side": also(AWKWARD),
}

BROKEN_SCHEMAS = {
    "an unknown field": at("Job", TOOL + ".imagePullPolice", "Always"),
    "a wrong type": at("Job", SPEC + ".backoffLimit", "three"),
    "a missing field": at("Job", SPEC + ".template", ...),
    "an unknown kind": at("Deployment", "kind", "Deploiment"),
}

BROKEN_CODES = {
    "exit code 12 is none of the tool's": at("Job", RULE + ".0.onExitCodes.values.13", 12),
    "exit code 75": at("Job", RULE + ".0.onExitCodes.values.13", 75),
    "exit code 78": at("Job", RULE + ".0.onExitCodes.values.12", ...),
}


def expect(name, text, problems):
    problems = list(problems)
    report(name, [] if any(text in problem for problem in problems) else [f"'{text}' not among: {problems}"])


def main(codes, *paths):
    builds = {path: check.load(path) for path in paths}
    for path, documents in builds.items():
        name = pathlib.Path(path).stem
        for version in VERSIONS:
            report(f"{name}: Kubernetes {version}", list(schema_problems(documents, version)))
        report(f"{name}: rules between fields, Pod Security", check.check(documents))
        if name in TRACES:
            report(f"{name}: the component took effect", [] if TRACES[name] in str(documents) else [f"no {TRACES[name]}"])

    try:
        table = json.loads(pathlib.Path(codes).read_text())
    except ValueError:
        table = []
    report("the tool prints its exit codes", [] if table else ["it printed none: build it, or name it in APUS_BIN"])
    for path, documents in builds.items():
        if table and any(document["kind"] == "Job" for document in documents):
            report(f"{pathlib.Path(path).stem}: exit codes are the tool's", list(check.of_exit_codes(documents, table)))

    for documents in builds.values():
        if {document["kind"] for document in documents} >= {"Job", "Deployment", "Secret"}:
            break_on_purpose(documents, table)

    print(f"{passed} passed, {failed} failed")
    return failed > 0


def break_on_purpose(whole, table):
    def broken(change):
        documents = copy.deepcopy(whole)
        change(documents)
        return documents

    for text, change in BROKEN_RULES.items():
        expect(f"noticed: {text}", text, check.check(broken(change)))
    for name, change in BROKEN_SCHEMAS.items():
        expect(f"noticed: {name}", "", schema_problems(broken(change), VERSIONS[-1]))
    for text, change in BROKEN_CODES.items():
        if table:
            expect(f"noticed: {text}", text, check.of_exit_codes(broken(change), table))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

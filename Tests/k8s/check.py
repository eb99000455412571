#!/usr/bin/env python3
"""Finds in Kubernetes manifests what a schema cannot: rules between fields, and Pod Security "restricted".

    check.py FILE...        prints each problem, exits 1 when there is one
"""
import json
import re
import sys

import yaml

VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
QUANTITY = re.compile(r"\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?")
SUFFIX = {"m": 1e-3, "": 1, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
SUFFIX |= {unit + "i": 1024 ** power for power, unit in enumerate("KMGTPE", start=1)}
NAME = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
SECRET = re.compile(r"(PASSWORD|TOKEN|SECRET|_URL)$")
CONFIG_LIMIT = 1024 * 1024       # the API server's
APPLY_LIMIT = 256 * 1024         # of the annotation in which `kubectl apply` keeps the whole object


def check(documents):
    """All problems of what is deployed together, as sentences."""
    return [
        f"{document['kind']} {document['metadata']['name']}: {problem}"
        for document in documents
        for problem in problems(document, documents)
    ]


def problems(document, documents):
    kind = document["kind"]
    if not NAME.fullmatch(document["metadata"]["name"]):
        yield "name is not a DNS label"
    if kind in ("ConfigMap", "Secret"):
        yield from of_config(document)
    pod = pod_of(document)
    if pod is not None:
        yield from of_security(pod)
        yield from of_wiring(pod)
        yield from of_references(pod, documents)
        yield from of_secrets_in_plain_sight(pod)
    if kind == "Job":
        yield from of_job(document["spec"], pod)
    if kind == "Deployment":
        yield from of_deployment(document["spec"], pod)


def pod_of(document):
    spec = document.get("spec", {})
    if document["kind"] == "Pod":
        return spec
    if document["kind"] == "CronJob":
        return spec["jobTemplate"]["spec"]["template"]["spec"]
    return spec.get("template", {}).get("spec")


def containers(pod):
    return pod.get("initContainers", []) + pod["containers"]


def of_security(pod):
    """Pod Security "restricted", and what Apus's own containers have beyond it."""
    shared = pod.get("securityContext", {})
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(field):
            yield f"{field} is set"
    if shared.get("sysctls"):
        yield "sysctls are set"
    if pod.get("automountServiceAccountToken") is not False:
        yield "the service account's token is mounted"
    for volume in pod.get("volumes", []):
        if unknown := set(volume) - VOLUMES - {"name"}:
            yield f"volume {volume['name']} is of the type {', '.join(sorted(unknown))}"
    for container in containers(pod):
        name, own = container["name"], container.get("securityContext", {})
        user = own.get("runAsUser", shared.get("runAsUser"))
        if own.get("privileged"):
            yield f"{name} is privileged"
        if own.get("allowPrivilegeEscalation") is not False:
            yield f"{name} allows privilege escalation"
        if own.get("runAsNonRoot", shared.get("runAsNonRoot")) is not True:
            yield f"{name} may run as root"
        if type(user) is not int or user == 0:
            yield f"{name} has no numeric user"
        if own.get("capabilities", {}).get("drop") != ["ALL"]:
            yield f"{name} does not drop all capabilities"
        if set(own.get("capabilities", {}).get("add", [])) - {"NET_BIND_SERVICE"}:
            yield f"{name} adds capabilities"
        if own.get("seccompProfile", shared.get("seccompProfile", {})).get("type") not in ("RuntimeDefault", "Localhost"):
            yield f"{name} has no seccomp profile"
        if own.get("procMount", "Default") != "Default":
            yield f"{name} unmasks /proc"
        if own.get("readOnlyRootFilesystem") is not True:
            yield f"{name} has a writable root"
        if any("hostPort" in port for port in container.get("ports", [])):
            yield f"{name} takes a port of the host"


def of_wiring(pod):
    """Names that must meet inside a pod, and values with a syntax."""
    names = [container["name"] for container in containers(pod)]
    if len(names) != len(set(names)):
        yield "two containers have the same name"
    volumes = [volume["name"] for volume in pod.get("volumes", [])]
    if len(volumes) != len(set(volumes)):
        yield "two volumes have the same name"
    mounted = set()
    for container in containers(pod):
        name, mounts = container["name"], container.get("volumeMounts", [])
        mounted |= {mount["name"] for mount in mounts}
        for mount in mounts:
            if mount["name"] not in volumes:
                yield f"{name} mounts {mount['name']}, which is no volume"
        paths = [mount["mountPath"] for mount in mounts]
        if len(paths) != len(set(paths)):
            yield f"{name} mounts two volumes at the same path"
        variables = [variable["name"] for variable in container.get("env", [])]
        if len(variables) != len(set(variables)):
            yield f"{name} sets a variable twice"
        for variable in container.get("env", []):
            if variable["name"].endswith("_FILE") and not any(
                variable.get("value", "").startswith(path.rstrip("/") + "/") for path in paths
            ):
                yield f"{name}: {variable['name']} names a file that nothing mounts"
            if variable["name"] + "_FILE" in variables:
                yield f"{name} sets both {variable['name']} and its _FILE"
        yield from of_resources(name, container.get("resources", {}))
    for volume in pod.get("volumes", []):
        if volume["name"] not in mounted:
            yield f"volume {volume['name']} is mounted nowhere"
        size = volume.get("emptyDir", {}).get("sizeLimit")
        if size is not None and not QUANTITY.fullmatch(str(size)):
            yield f"volume {volume['name']}: {size} is no quantity"


def of_resources(name, resources):
    amounts = {}
    for part in ("requests", "limits"):
        for resource, amount in resources.get(part, {}).items():
            if QUANTITY.fullmatch(str(amount)):
                number, unit = re.fullmatch(r"([\d.]+)(.*)", str(amount)).groups()
                amounts[part, resource] = float(number) * SUFFIX[unit]
            else:
                yield f"{name}: {amount} is no quantity"
    for (part, resource), amount in amounts.items():
        if part == "requests" and amount > amounts.get(("limits", resource), amount):
            yield f"{name} requests more {resource} than its limit"
    if ("limits", "memory") not in amounts:
        yield f"{name} has no memory limit"


def of_references(pod, documents):
    """Secrets and ConfigMaps that exist, as far as the documents bring any of that kind."""
    for kind, key, field in (("Secret", "secret", "secretName"), ("ConfigMap", "configMap", "name")):
        present = {document["metadata"]["name"] for document in documents if document["kind"] == kind}
        for volume in pod.get("volumes", []):
            source = volume.get(key)
            if present and source and not source.get("optional") and source[field] not in present:
                yield f"volume {volume['name']} needs the {kind} {source[field]}, which is not there"


def of_secrets_in_plain_sight(pod):
    for container in containers(pod):
        for variable in container.get("env", []):
            if SECRET.search(variable["name"]) and "value" in variable:
                yield f"{container['name']}: {variable['name']} holds a secret in the manifest"


def of_job(spec, pod):
    if pod.get("restartPolicy") not in ("Never", "OnFailure"):
        yield "restartPolicy is neither Never nor OnFailure"
    if spec.get("backoffLimit", 6) > 6:
        yield "backoffLimit is higher than Kubernetes's own default"
    limit = spec.get("activeDeadlineSeconds")
    if limit is not None and limit <= 0:
        yield "activeDeadlineSeconds is not positive"
    grace = pod.get("terminationGracePeriodSeconds", 30)
    for container in pod["containers"]:
        deadline = literal(container, "APUS_DEADLINE")
        if deadline is None:
            yield f"{container['name']} has no APUS_DEADLINE"
        elif limit is None or seconds(deadline) + grace >= limit:
            yield f"{container['name']}: APUS_DEADLINE {deadline} and the grace period do not end before activeDeadlineSeconds"
        wait = literal(container, "APUS_WAIT_TIMEOUT")
        if wait and deadline and seconds(wait) >= seconds(deadline):
            yield f"{container['name']} waits longer than its deadline"
    if policy := spec.get("podFailurePolicy"):
        yield from of_policy(policy["rules"], spec, pod)
    else:
        yield "there is no podFailurePolicy"


def of_policy(rules, spec, pod):
    if pod.get("restartPolicy") != "Never":
        yield "podFailurePolicy needs restartPolicy Never"
    if spec.get("podReplacementPolicy", "Failed") != "Failed":
        yield "podFailurePolicy needs podReplacementPolicy Failed"
    if len(rules) > 20:
        yield "podFailurePolicy has more than 20 rules"
    names = {container["name"] for container in containers(pod)}
    for rule in rules:
        codes, conditions = rule.get("onExitCodes"), rule.get("onPodConditions")
        if bool(codes) == bool(conditions):
            yield "a rule needs either onExitCodes or onPodConditions"
        if codes:
            values = codes["values"]
            if values != sorted(set(values)):
                yield "exit codes are not sorted and unique"
            if not values or len(values) > 255 or not all(0 <= value <= 255 for value in values):
                yield "exit codes are not between 0 and 255"
            if 0 in values and codes["operator"] == "In":
                yield "exit code 0 is no failure"
            if codes.get("containerName", next(iter(names))) not in names:
                yield f"a rule is about {codes['containerName']}, which is no container"
    actions = [rule["action"] for rule in rules]
    if "Ignore" in actions and "FailJob" in actions[actions.index("Ignore"):]:
        yield "Ignore stands before FailJob: a permanent failure during a drain would be retried"
    if not any(
        rule["action"] == "Ignore" and {"type": "DisruptionTarget", "status": "True"} in (rule.get("onPodConditions") or [])
        for rule in rules
    ):
        yield "a drained pod counts against backoffLimit"


def of_deployment(spec, pod):
    labels = spec["template"]["metadata"].get("labels", {})
    if not spec["selector"]["matchLabels"].items() <= labels.items():
        yield "the selector does not match the pods' labels"
    for container in pod.get("initContainers", []):
        args = container.get("args", [])
        if "--wait-timeout" in args:
            wait = args[args.index("--wait-timeout") + 1]
            if seconds(wait) >= spec.get("progressDeadlineSeconds", 600):
                yield f"{container['name']} waits {wait}, longer than progressDeadlineSeconds"


def of_config(document):
    entries = {**document.get("data", {}), **document.get("binaryData", {}), **document.get("stringData", {})}
    if sum(len(key) + len(value.encode()) for key, value in entries.items()) > CONFIG_LIMIT:
        yield "larger than 1 MiB"
    elif len(json.dumps(document)) > APPLY_LIMIT:
        yield "too large for kubectl apply without --server-side"


def of_exit_codes(documents, table):
    """Problems between the Jobs' FailJob rules and what `apus explain --format json` prints."""
    facts = {row["code"]: row for row in table}
    permanent = {
        code for code, row in facts.items()
        if row.get("retryable") is False and code != 0 and row["name"] not in ("pending", "drift")
    }
    jobs = [document for document in documents if document["kind"] == "Job"]
    if not jobs:
        yield "there is no Job"
    for job in jobs:
        failing = {
            value
            for rule in job["spec"].get("podFailurePolicy", {}).get("rules", []) if rule["action"] == "FailJob"
            for value in (rule.get("onExitCodes") or {}).get("values", [])
        }
        for code in sorted(failing - facts.keys()):
            yield f"exit code {code} is none of the tool's"
        for code in sorted(failing & facts.keys() - permanent):
            yield f"exit code {code} ({facts[code]['name']}) fails the Job, but a retry may help"
        for code in sorted(permanent - failing):
            yield f"exit code {code} ({facts[code]['name']}) is retried, though a retry cannot help"


def literal(container, name):
    return next((variable.get("value") for variable in container.get("env", []) if variable["name"] == name), None)


def seconds(duration):
    parts = re.findall(r"(\d+)([hms])", duration)
    if "".join(number + unit for number, unit in parts) != duration or not parts:
        raise ValueError(f"{duration} is no duration")
    return sum(int(number) * {"h": 3600, "m": 60, "s": 1}[unit] for number, unit in parts)


def load(path):
    with open(path) as file:
        return [document for document in yaml.safe_load_all(file) if document]


if __name__ == "__main__":
    found = [f"{path}: {problem}" for path in sys.argv[1:] for problem in check(load(path))]
    print("\n".join(found), end="\n" if found else "")
    sys.exit(bool(found))

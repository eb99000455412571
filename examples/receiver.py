#!/usr/bin/env python3
"""Receives the webhooks of Apus, verifies their signatures, and prints what they say.

    APUS_NOTIFY_SECRET=whsec_… examples/receiver.py [PORT [ADDRESS]]        (default: 8080 127.0.0.1)

It needs only the standard library. Whatever takes `standard+https://…` from Apus does these steps in this order.
"""

import base64
import hashlib
import hmac
import http.server
import json
import os
import signal
import sys
import time

TOLERANCE = 300  # seconds between the sender's clock and ours
LARGEST_BODY = 1 << 20


def verify(secrets, headers, body):
    """Raises ValueError unless one of the signatures was made with one of the secrets, and just now.

    The bytes count as they came: never parse before verifying.
    """
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    given = (headers["webhook-signature"] or "").split()
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        if any(hmac.compare_digest(expected.encode(), one.encode()) for one in given):
            break
    else:
        raise ValueError("no signature of ours")
    if abs(time.time() - int(headers["webhook-timestamp"])) > TOLERANCE:
        raise ValueError("too old, or from the future")


def describe(event):
    """A few lines about an event; its data is the report of a run."""
    report = event["data"]
    yield f"{event['type']}: {report['target']} is at {', '.join(report['at']) or 'base'}"
    yield f"{report['applied']} applied, {report['pending']} pending, exit code {report['code']}, in {report['ms']} ms"
    if "backup" in report:
        yield f"the state before is in {report['backup']['ref'].split('/')[-1]}"
    if "failed" in report:
        yield report["failed"]["message"]


class Receiver(http.server.BaseHTTPRequestHandler):
    secrets = []
    seen = set()

    def do_POST(self):
        body = self.rfile.read(min(int(self.headers["content-length"] or 0), LARGEST_BODY))
        try:
            verify(self.secrets, self.headers, body)
        except (ValueError, TypeError) as problem:
            self.say(f"refused: {problem}")
            return self.answer(401)
        if self.headers["webhook-id"] not in self.seen:  # a delivery may come twice
            self.seen.add(self.headers["webhook-id"])
            self.say(f"{self.headers['webhook-id']}, its signature is right", *describe(json.loads(body)))
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def say(self, *lines):
        print("\n".join(f"receiver  {line}" for line in lines), flush=True)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Receiver.secrets = os.environ.get("APUS_NOTIFY_SECRET", "").split()
    if not Receiver.secrets:
        sys.exit("receiver: set APUS_NOTIFY_SECRET")
    port, address = (sys.argv[1:] + ["8080", "127.0.0.1"][len(sys.argv) - 1 :])[:2]
    http.server.ThreadingHTTPServer((address, int(port)), Receiver).serve_forever()

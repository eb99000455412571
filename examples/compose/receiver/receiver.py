"""Receives webhooks, verifies them as Standard Webhooks 1.0 asks, and prints what they say.

    WEBHOOK_SECRET_FILE=… receiver.py [ADDRESS:PORT]        (default: all addresses, port 8080)

A real receiver also remembers `webhook-id`: a delivery that was answered too late comes again under the same one.
"""

import base64
import hashlib
import hmac
import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_SECONDS = 300
LARGEST_BODY = 1 << 20


def read_key() -> bytes:
    with open(os.environ["WEBHOOK_SECRET_FILE"], encoding="ascii") as file:
        return base64.b64decode(file.read().strip().removeprefix("whsec_"))


def problem_with(headers, body: bytes, key: bytes, now: float) -> str | None:
    """Why a delivery is not to be trusted; None when it is."""
    identifier = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "")
    if not (identifier and timestamp.isdecimal() and signatures):
        return "unsigned"
    if abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return "stale"
    signed = f"{identifier}.{timestamp}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # Several signatures mean that the sender is changing its key.
    if not any(hmac.compare_digest(wanted.encode(), given.encode()) for given in signatures.split()):
        return "forged"
    return None


def describe(event):
    """A few lines about an event; its data is the report of a run (docs/report.md)."""
    report = event["data"]
    at = ", ".join(report["at"]) or "base"
    yield f"verified {event['type']} of {report['target']}: {report['applied']} applied, exit code {report['code']}, now at {at}"
    if "backup" in report:
        yield f"the state before is in {report['backup']['ref'].split('/')[-1]}"
    if "failed" in report:
        yield report["failed"]["message"]


class Receiver(BaseHTTPRequestHandler):
    key = b""
    timeout = 10

    def do_GET(self):
        self.answer(204 if self.path == "/healthz" else 404)

    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        if length > LARGEST_BODY:
            return self.answer(413)
        body = self.rfile.read(length)
        if problem := problem_with(self.headers, body, self.key, time.time()):
            print(f"receiver: refused, {problem}", flush=True)
            return self.answer(401)
        event = json.loads(body)
        print(*(f"receiver: {line}" for line in describe(event)), sep="\n", flush=True)
        self.answer(204)

    def answer(self, status: int):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        """One line for each event is enough."""


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Receiver.key = read_key()
    address, port = (sys.argv[1] if len(sys.argv) > 1 else ":8080").split(":")
    ThreadingHTTPServer((address, int(port)), Receiver).serve_forever()


if __name__ == "__main__":
    main()

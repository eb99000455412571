"""Receives webhooks, verifies them as Standard Webhooks 1.0 asks, and prints one line for each.

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
            print(f"receiver: refused, {problem}")
            return self.answer(401)
        event = json.loads(body)
        print(f"receiver: verified {event['type']} {json.dumps(event['data'], separators=(',', ':'))}")
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
    ThreadingHTTPServer(("", 8080), Receiver).serve_forever()


if __name__ == "__main__":
    main()

"""A TCP proxy that makes the way longer: every byte arrives a fixed time later, in both directions.

The delay is latency alone. What is read is queued with the time at which it is due, and reading goes on, so that the
throughput stays what it was. Threads that sleep are used because they wake within a tenth of a millisecond; an event
loop built on epoll rounds up to whole milliseconds, which is much beside five.

    proxy.py HOST PORT MILLISECONDS     prints the port it listens on, and serves until it is killed
"""

import queue
import socket
import sys
import threading
import time


class Proxy:
    """Listens on a free port of 127.0.0.1."""

    def __init__(self, host: str, port: int, delay: float) -> None:
        self.target = (host, port)
        self.delay = delay
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(self.target)
            for source, sink in ((client, server), (server, client)):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                pending: queue.SimpleQueue = queue.SimpleQueue()
                threading.Thread(target=self._read, args=(source, pending), daemon=True).start()
                threading.Thread(target=self._write, args=(sink, pending), daemon=True).start()

    def _read(self, source: socket.socket, pending: queue.SimpleQueue) -> None:
        data = b"x"
        while data:
            try:
                data = source.recv(256 * 1024)
            except OSError:
                data = b""
            pending.put((time.monotonic() + self.delay, data))

    def _write(self, sink: socket.socket, pending: queue.SimpleQueue) -> None:
        while True:
            due, data = pending.get()
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                if not data:
                    return sink.shutdown(socket.SHUT_WR)
                sink.sendall(data)
            except OSError:
                return None


if __name__ == "__main__":
    proxy = Proxy(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]) / 1000)
    print(proxy.port, flush=True)
    threading.Event().wait()

"""A load of requests on one server of this machine: load.py PORT CONNECTIONS SECONDS < REQUESTS.

A line is an address to get, or an address, a Cookie header and a form to post, parted by tabs. Each
connection sends its next request as soon as it has the answer to the last one. Ends after SECONDS or
with the last answer, and prints one JSON object: `requests`, `seconds`, `bytes`, `p95` (the seconds
that 95 of 100 answers took at most), and `wrong`: the answers that were not 200, for forms not 302.
Lines are used once each, in order; a single one is asked for again and again.
"""

import itertools
import json
import selectors
import socket
import sys
import time

HOST = "127.0.0.1"
LAST_CHUNK = b"\r\n0\r\n\r\n"
HEADERS = f"Host: {HOST}\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n"


class Caller:
    """One connection that is kept open, and the answer it waits for."""

    def __init__(self, port):
        self.socket = socket.create_connection((HOST, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer = b""
        self.wanted = b"HTTP/1.1 200 "
        self.asked_at = 0

    def ask(self, line):
        self.answer = b""
        address, _, form = line.partition("\t")
        self.wanted = b"HTTP/1.1 302 " if form else b"HTTP/1.1 200 "
        self.asked_at = time.perf_counter()
        if form:
            cookie, body = form.split("\t")
            self.socket.sendall(
                f"POST {address} HTTP/1.1\r\n{HEADERS}Cookie: {cookie}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
            )
        else:
            self.socket.sendall(f"GET {address} HTTP/1.1\r\n{HEADERS}\r\n".encode())

    def hear(self):
        """Take what has arrived, and say whether that is the whole answer."""
        arrived = self.socket.recv(262_144)
        if not arrived:
            raise ConnectionError("The server closed the connection.")
        self.answer += arrived
        head, blank, body = self.answer.partition(b"\r\n\r\n")
        if not blank:
            return False
        _, named, length = head.lower().partition(b"\r\ncontent-length:")
        if named:
            return len(body) >= int(length.split(b"\r\n", 1)[0])
        return self.answer.endswith(LAST_CHUNK)

    @property
    def is_right(self):
        return self.answer.startswith(self.wanted)


def main():
    port, connections, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    given = sys.stdin.read().splitlines()
    lines = itertools.cycle(given) if len(given) == 1 else iter(given)
    done = {"requests": 0, "bytes": 0, "wrong": 0}
    took = []
    with selectors.DefaultSelector() as selector:
        for line in itertools.islice(lines, connections):
            caller = Caller(port)
            selector.register(caller.socket, selectors.EVENT_READ, caller)
            caller.ask(line)
        started = time.perf_counter()
        _go_on(selector, lines, started + seconds, done, took)
        done["seconds"] = time.perf_counter() - started
    done["p95"] = sorted(took)[int(len(took) * 0.95)]
    print(json.dumps(done))


def _go_on(selector, lines, until, done, took):
    """Ask on until the time is up, or the lines are used up and answered."""
    while selector.get_map() and time.perf_counter() < until:
        for key, _ in selector.select(1):
            caller = key.data
            if not caller.hear():
                continue
            took.append(time.perf_counter() - caller.asked_at)
            done["requests"] += 1
            done["bytes"] += len(caller.answer)
            done["wrong"] += not caller.is_right
            line = next(lines, None)
            if line is None:
                selector.unregister(caller.socket)
            else:
                caller.ask(line)


if __name__ == "__main__":
    main()

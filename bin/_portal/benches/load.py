"""A load of GET requests on one server of this machine: load.py PORT CONNECTIONS SECONDS < ADDRESSES.

Each connection sends its next request as soon as it has the answer to the last one. Ends after
SECONDS and prints one JSON object: `requests`, `seconds`, `bytes`, and `wrong`, the answers that were
not 200. Addresses are used once each, in order; a single one is asked for again and again.
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

    def ask(self, address):
        self.answer = b""
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
        return self.answer.startswith(b"HTTP/1.1 200 ")


def main():
    port, connections, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    given = sys.stdin.read().split()
    addresses = itertools.cycle(given) if len(given) == 1 else iter(given)
    done = {"requests": 0, "bytes": 0, "wrong": 0}
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            caller = Caller(port)
            selector.register(caller.socket, selectors.EVENT_READ, caller)
            caller.ask(next(addresses))
        started = time.perf_counter()
        _go_on(selector, addresses, started + seconds, done)
        done["seconds"] = time.perf_counter() - started
    print(json.dumps(done))


def _go_on(selector, addresses, until, done):
    """Ask on until the time is up or the addresses are used up."""
    while time.perf_counter() < until:
        for key, _ in selector.select(1):
            caller = key.data
            if not caller.hear():
                continue
            done["requests"] += 1
            done["bytes"] += len(caller.answer)
            done["wrong"] += not caller.is_right
            address = next(addresses, None)
            if address is None:
                return
            caller.ask(address)


if __name__ == "__main__":
    main()

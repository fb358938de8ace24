"""A small stand-in for clamd that speaks its protocol over a socket: finds EICAR, and misbehaves when told to."""

import socket
import socketserver
import struct
import threading
import time
from contextlib import contextmanager

from tests.applications.files import EICAR


class Scanner(socketserver.BaseRequestHandler):
    """Answers INSTREAM. `mood` of the server: well, hangs, drops, drips, full, mumbles."""

    def handle(self):
        mood = self.server.mood
        if mood == "drops":
            self.request.recv(16)
            return
        content = self._content()
        if mood == "hangs":
            self.server.released.wait(timeout=20)
        elif mood == "drips":
            self._drip()
        else:
            self.request.sendall(self._answer(content, mood))

    def _content(self):
        assert self._exactly(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(length)
        self.server.scanned.append(content)
        return content

    def _exactly(self, length):
        got = b""
        while len(got) < length:
            piece = self.request.recv(length - len(got))
            assert piece, "The client went away."
            got += piece
        return got

    def _answer(self, content, mood):
        if mood == "full":
            return b"INSTREAM size limit exceeded. ERROR\0"
        if mood == "mumbles":
            return b"\xff\xfe hello\0"
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in content else b"stream: OK\0"

    def _drip(self):
        while not self.server.released.is_set():
            try:
                self.request.sendall(b"s")
            except OSError:
                return
            time.sleep(0.05)


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True


class UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@contextmanager
def running(mood="well", path=None):
    """Run a stand-in. Yields it with its `address`, as settings.CLAMD_URL has it, and what it `scanned`."""
    server = UnixServer(str(path), Scanner) if path else Server(("127.0.0.1", 0), Scanner)
    server.mood, server.scanned, server.released = mood, [], threading.Event()
    server.address = f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def nobodys_address():
    """Return an address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{free.getsockname()[1]}"

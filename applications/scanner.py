"""A client of clamd, the scanner of ClamAV: sends one file and reads the answer.

It speaks the command INSTREAM as the manual page clamd(8) describes it. The library for it, clamav-client,
limits how long each read may take and not the whole, so a scanner that answers slowly, a byte at a time,
would hold a worker for ever.
"""

import re
import socket
import struct
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

from applications.exceptions import ScannerAway

PIECE = 64 * 1024
LONGEST_ANSWER = 4096
ANSWER = re.compile(r"stream: (?:(?P<clean>OK)|(?P<found>.+) FOUND)")


def scan(file, *, address, seconds):
    """Return what was found in an open binary file, such as "Win.Test.EICAR_HDB-1", or "" for nothing.

    `address` is `tcp://host:3310` or `unix:///path`, `seconds` how long the whole may take. Raises
    ScannerAway when the scanner is not there, too slow, or says anything but clean or found.
    """
    deadline = time.monotonic() + seconds
    try:
        with _connection(address, deadline) as scanner:
            _send(scanner, b"zINSTREAM\0", deadline)
            while piece := file.read(PIECE):
                _send(scanner, struct.pack("!L", len(piece)) + piece, deadline)
            _send(scanner, struct.pack("!L", 0), deadline)
            answer = _answer(scanner, deadline)
    except OSError as problem:
        raise ScannerAway(f"The scanner cannot be reached: {problem}") from problem
    match = ANSWER.fullmatch(answer)
    if not match:
        raise ScannerAway(f"The scanner answered {answer[:200]!r}.")
    return match["found"] or ""


@contextmanager
def _connection(address, deadline):
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(_left(deadline))
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
    else:
        connection = socket.create_connection((parts.hostname, parts.port or 3310), _left(deadline))
    with connection:
        yield connection


def _send(scanner, content, deadline):
    scanner.settimeout(_left(deadline))
    scanner.sendall(content)


def _answer(scanner, deadline):
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        scanner.settimeout(_left(deadline))
        piece = scanner.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _left(deadline):
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left

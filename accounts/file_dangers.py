"""Looks for what no document needs inside: other files, programs, and the text that tests virus scanners.

Everything is gone through piece by piece, and nothing more than once.
"""

import re
import zlib

CHUNK = 1024 * 1024
OVERLAP = 64
# The second half of the EICAR text: whole, it would make scanners stop at this file.
TEST_VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
# How other archives, old Office files and programs for Windows begin.
ARCHIVES = (
    b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh",
    b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ",
)  # fmt: skip
# Where Office keeps whole files inside a document, and its drawings, which it compresses itself.
EMBEDDED = re.compile(r"(^|[/\\])embeddings[/\\].", re.IGNORECASE)
DRAWING = re.compile(r"\.(emz|wmz)$", re.IGNORECASE)
GZIP = b"\x1f\x8b"

SPACE = rb"[\x00\t\n\f\r ]"
NAME_ENDS = rb"(?=[\x00\t\n\f\r <>\[\](){}/%]|$)"


def _letters(word):
    """Return the pattern of the name of something in a PDF, of which each letter may be written as #4A."""
    return b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in word)


# A name begins after a space or a bracket, at the start of its object, or after the key it is the value
# of: so the words of a page or an address, such as “HTML/JavaScript”, are no name. Every pattern begins
# with the slash alone, which makes it quick.
AFTER = rb"(?<=[\x00\t\n\f\r <>\[\](){}]/)|(?<=obj/)|(?<=/S/)|(?<=/#53/)|(?<=/Type/)"
TEXT_OR_NUMBER = rb"%b*(?:[(<]|[0-9]{1,10}%b+[0-9]{1,5}%b+R)" % ((SPACE,) * 3)
RUNS = re.compile(
    b"/(?=[JL#])(?:(?:%b)(?:%b|%b)%b"
    % (AFTER, _letters(b"JavaScript"), _letters(b"Launch"), NAME_ENDS)
    + b"|(?:%b|(?<=/Rendition/))%b%b)" % (AFTER, _letters(b"JS"), TEXT_OR_NUMBER)
)
ATTACHES = re.compile(
    b"/(?=[E#])(?:%bs?%b|%b%b)"
    % (_letters(b"EmbeddedFile"), NAME_ENDS, _letters(b"EF"), TEXT_OR_NUMBER)
)
OBJECTS = re.compile(b"/" + _letters(b"ObjStm"))
# No PDF of a size that we take has so many streams.
MOST_STREAMS = 50_000
# A stream of objects begins with the number of the first and where it is.
LOOKS_PLAIN = re.compile(rb"[\x00\t\n\f\r ]*[0-9]+[\x00\t\n\f\r ]+[0-9]+[\x00\t\n\f\r ]")
STREAM = re.compile(rb"(end)?stream")


class Unreadable(Exception):
    """Part of the PDF cannot be unpacked."""


class TooMuchInside(Exception):
    """The PDF unpacks to more than was allowed."""


def holds_test_virus(pieces):
    """Say whether the EICAR text is anywhere in a file that comes in `pieces` of bytes."""
    before = b""
    for piece in pieces:
        if TEST_VIRUS in before + piece:
            return True
        before = (before + piece)[-OVERLAP:]
    return False


def is_another_file(name, beginning):
    """Say whether a member of a document is an archive, a program or a whole other document itself."""
    if EMBEDDED.search(name):
        return True
    is_drawing = DRAWING.search(name) and beginning.startswith(GZIP)
    is_tar = beginning[257:262] == b"ustar"
    return not is_drawing and (is_tar or beginning.startswith(ARCHIVES))


def leads_outside(name):
    """Say whether the name of a member would be written outside the folder it is unpacked to."""
    parts = name.replace("\\", "/").split("/")
    return not parts[0] or ":" in parts[0] or ".." in parts or "\0" in name


def dangers_of_pdf(content, *, most_streams, most_unpacked):
    """Return (runs, attaches): whether a PDF runs something, and whether it has another file inside.

    Its bytes are searched, and the packed objects, of which there may be `most_streams` of
    `most_unpacked` bytes together. Raises Unreadable or TooMuchInside.
    """
    runs = attaches = False
    for piece in _texts(content, most_streams, most_unpacked):
        runs = runs or bool(RUNS.search(piece))
        attaches = attaches or bool(ATTACHES.search(piece))
    return runs, attaches


def _texts(content, most_streams, most_unpacked):
    """Give the PDF as it is, and then its packed objects."""
    yield content
    left = most_unpacked
    for number, packed in enumerate(_packed_objects(content)):
        if number >= most_streams:
            raise TooMuchInside
        before = b""
        for piece in _unpacked(packed):
            left -= len(piece)
            if left < 0:
                raise TooMuchInside
            yield before + piece
            before = piece[-OVERLAP:]


def _packed_objects(content):
    """Give the bytes of each stream that has other objects in it, as the words before it say."""
    if content.count(b"stream") > 2 * MOST_STREAMS:
        raise TooMuchInside
    marks = list(STREAM.finditer(content))
    ends = [mark.start() for mark in marks[1:]] + [len(content)]
    before = 0
    for mark, end in zip(marks, ends, strict=False):
        if not mark[1] and OBJECTS.search(content, before, mark.start()):
            yield content[mark.end() : end].lstrip(b"\r\n")
        before = mark.end()


def _unpacked(packed):
    """Give what a stream unpacks to, in pieces. One that is not packed has been searched as it is."""
    if LOOKS_PLAIN.match(packed):
        return
    unpacker = zlib.decompressobj()
    try:
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, CHUNK)
            packed = unpacker.unconsumed_tail
    except zlib.error as error:
        raise Unreadable from error

"""Looks inside a file somebody sends: what it really is, and whether it is safe to keep.

Nothing is unpacked to disk. The browser's own word for the type is never believed.
"""

import hashlib
import re
import zipfile
import zlib
from functools import partial
from pathlib import PurePath

from django.conf import settings

from accounts.exceptions import UnfitFile
from accounts.file_dangers import (
    TooMuchInside,
    Unreadable,
    dangers_of_pdf,
    holds_test_virus,
    is_another_file,
    leads_outside,
)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

PNG, JPEG = "image/png", "image/jpeg"

# What may be sent, by the ending of its name: documents, and photos of them where those are good enough.
DOCUMENTS = {".pdf": PDF, ".docx": DOCX, ".odt": ODT}
DOCUMENTS_AND_PHOTOS = DOCUMENTS | {".png": PNG, ".jpg": JPEG, ".jpeg": JPEG}
NAME_OF_TYPE = {
    PDF: "a PDF",
    DOCX: "a Word document",
    ODT: "an OpenDocument text",
    PNG: "a PNG photo",
    JPEG: "a JPEG photo",
}
# How the photos begin and end.
PHOTOS = {
    PNG: (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    JPEG: (b"\xff\xd8\xff", b"\xff\xd9"),
}

CHUNK = 64 * 1024
SMALL_MEMBER = 512 * 1024
# The names of what carries programs inside a Word document and inside an OpenDocument text.
PROGRAMS_INSIDE = re.compile(
    r"(^|/)(vbaProject\.bin|vbaData\.xml)$|^word/activeX/|^(Basic|Scripts)/.",
    re.IGNORECASE,
)
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")

WRONG_ENDING = "Choose a PDF, a Word document (.docx) or an OpenDocument text (.odt)"
WRONG_ENDING_OR_PHOTO = (
    "Choose a PDF, a Word document (.docx), an OpenDocument text (.odt) or a photo (.jpg or .png)"
)
EMPTY = "The file is empty. Choose another one"
HAS_PROGRAMS = (
    "The document has macros, small programs that we cannot accept. "
    "Save it without macros or as a PDF, and choose it again"
)
DAMAGED = "We could not read the file. It may be damaged or have a password. Save it as a PDF and try again"
TOO_MUCH_INSIDE = (
    "The file unpacks to far more than a document needs. Save it as a PDF and try again"
)

TEST_VIRUS = "The file has the text inside that virus scanners are tested with. Choose another file"
HAS_FILES = (
    "The document has another file inside, such as a spreadsheet or a zip file, that we cannot accept. "
    "Take it out, or save the document as a PDF, and choose it again"
)
STRANGE_NAMES = (
    "The file is put together as no document should be. Save it as a PDF and choose that"
)
PDF_RUNS = (
    "The PDF has a program inside, or opens something by itself, which we cannot accept. "
    "Print it to a new PDF and choose that"
)
PDF_HAS_FILES = (
    "The PDF has another file inside, which we cannot accept. Print it to a new PDF and choose that"
)
PDF_LOCKED = (
    "We could not look inside the PDF. It may be damaged or have a password. "
    "Print it to a new PDF and choose that"
)


def check_file(file, kinds, largest):
    """Return the content type of an uploaded file of one of the `kinds`, such as DOCUMENTS.

    Raises UnfitFile with a sentence for the person when it is empty, over `largest` bytes, not what
    its name says, damaged, or made to burst when unpacked, and when it has programs, other files or
    the text that tests virus scanners inside.
    """
    promised = kinds.get(PurePath(plain_name(file.name)).suffix.lower())
    if promised is None:
        raise UnfitFile(WRONG_ENDING if kinds == DOCUMENTS else WRONG_ENDING_OR_PHOTO)
    if not file.size:
        raise UnfitFile(EMPTY)
    if file.size > largest:
        raise UnfitFile(_too_large(file.size, largest))
    if _type_inside(file) != promised:
        raise UnfitFile(
            f"The file is named as {NAME_OF_TYPE[promised]} but is something else inside. "
            "Save it again as a PDF and choose that"
        )
    file.seek(0)
    if holds_test_virus(file.chunks(CHUNK)):
        raise UnfitFile(TEST_VIRUS)
    if promised == PDF:
        _refuse_dangers_of_pdf(file)
    return promised


def plain_name(name):
    """Return a file name without its path and without characters that hide or turn text around."""
    base = UNSEEN.sub("", PurePath(name.replace("\\", "/")).name).strip()
    stem, ending = PurePath(base).stem, PurePath(base).suffix
    return f"{stem[: 150 - len(ending)]}{ending}"[:150]


def sum_of(file):
    """Return the SHA-256 sum of an open file, in hexadecimal, and leave it at its beginning."""
    total = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        total.update(chunk)
    file.seek(0)
    return total.hexdigest()


def _too_large(size, largest):
    most = largest / 1024 / 1024
    return f"The file must be {most:g} MB or smaller. This one is {size / 1024 / 1024:.1f} MB"


def _type_inside(file):
    if _looks_like_pdf(file):
        return PDF
    return _type_of_photo(file) or _type_of_archive(file)


def _type_of_photo(file):
    """Return PNG or JPEG for a file that begins as one and has its end, else None."""
    file.seek(0)
    beginning = file.read(8)
    file.seek(max(file.size - CHUNK, 0))
    end = file.read()
    for kind, (begins, ends) in PHOTOS.items():
        if beginning.startswith(begins) and ends in end:
            return kind
    return None


def _looks_like_pdf(file):
    """A PDF begins with its version, and says within its last kilobyte where it ends."""
    file.seek(0)
    begins = file.read(5) == b"%PDF-"
    file.seek(max(file.size - 1024, 0))
    return begins and b"%%EOF" in file.read()


def _refuse_dangers_of_pdf(file):
    file.seek(0)
    try:
        runs, attaches = dangers_of_pdf(
            file.read(),
            most_streams=settings.CV_MOST_MEMBERS,
            most_unpacked=settings.PDF_OBJECTS_LARGEST_BYTES,
        )
    except Unreadable as error:
        raise UnfitFile(PDF_LOCKED) from error
    except TooMuchInside as error:
        raise UnfitFile(TOO_MUCH_INSIDE) from error
    if runs or attaches:
        raise UnfitFile(PDF_RUNS if runs else PDF_HAS_FILES)


def _type_of_archive(file):
    """Return DOCX or ODT for a sound archive of that kind, None for a file that is no archive."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bombs(archive)
            _refuse_programs(archive)
            _refuse_strange_names(archive)
            _read_everything(archive)
            return _kind_of_document(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise UnfitFile(DAMAGED) from error


def _refuse_bombs(archive):
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > settings.CV_MOST_MEMBERS or unpacked > settings.CV_LARGEST_UNPACKED_BYTES:
        raise UnfitFile(TOO_MUCH_INSIDE)


def _refuse_programs(archive):
    if any(PROGRAMS_INSIDE.search(member.filename) for member in archive.infolist()):
        raise UnfitFile(HAS_PROGRAMS)


def _refuse_strange_names(archive):
    if any(leads_outside(member.orig_filename) for member in archive.infolist()):
        raise UnfitFile(STRANGE_NAMES)


def _read_everything(archive):
    """Read each member to its end, so that a lie about its size or its sum shows, and look into it."""
    for member in archive.infolist():
        if member.flag_bits & 0x1:
            raise UnfitFile(DAMAGED)
        with archive.open(member) as stream:
            if is_another_file(member.filename, stream.read(CHUNK)):
                raise UnfitFile(HAS_FILES)
        with archive.open(member) as stream:
            if holds_test_virus(iter(partial(stream.read, CHUNK), b"")):
                raise UnfitFile(TEST_VIRUS)


def _kind_of_document(archive):
    names = set(archive.namelist())
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        types = _beginning_of(archive, "[Content_Types].xml")
        if b"macroenabled" in types.lower():
            raise UnfitFile(HAS_PROGRAMS)
        return DOCX if b"wordprocessingml.document.main+xml" in types else None
    if {"mimetype", "content.xml"} <= names:
        return ODT if _beginning_of(archive, "mimetype").strip() == ODT.encode() else None
    return None


def _beginning_of(archive, name):
    with archive.open(name) as stream:
        return stream.read(SMALL_MEMBER)

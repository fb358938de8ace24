"""Looks inside a spreadsheet that somebody sends, before anything of it is kept.

Nothing is unpacked to disk. The browser's own word for the type is never believed.
"""

import re
import zipfile
import zlib
from pathlib import PurePath

from django.conf import settings
from django.db import models

from accounts.file_dangers import holds_test_virus, is_another_file, leads_outside
from organisation.sheets.problems import UnfitFile


class SheetFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"


CHUNK = 256 * 1024
OVERLAP = 64
FORMAT_OF_ENDING = {".csv": SheetFormat.CSV, ".txt": SheetFormat.CSV, ".tsv": SheetFormat.CSV,
                    ".xlsx": SheetFormat.XLSX}  # fmt: skip
ARCHIVE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
PROGRAMS_INSIDE = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml)$|activeX/|macrosheets/", re.I)
WORKSHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")

WRONG_ENDING = "Choose a CSV file or an Excel workbook (.xlsx)."
EMPTY = "The file is empty. Choose another one."
DAMAGED = "We could not read the file. It may be damaged. Save it again as CSV and choose that."
LOCKED = (
    "The file has a password or is of an old kind of Excel. Save it as .xlsx without a password, "
    "or as CSV, and choose that."
)
HAS_PROGRAMS = (
    "The workbook has macros, small programs that we cannot accept. Save it as .xlsx without "
    "macros, or as CSV, and choose that."
)
HAS_FORMULAS = (
    "The workbook has formulas. Save it as CSV, which keeps their results, and choose that."
)
TOO_MUCH_INSIDE = (
    "The workbook unpacks to far more than a list needs. Save it as CSV and choose that."
)
HAS_FILES = (
    "The workbook has another file inside, such as a document or a zip file, that we cannot accept. "
    "Take it out, or save the list as CSV, and choose it again."
)
STRANGE_NAMES = (
    "The workbook is put together as no workbook should be. Save it as CSV and choose that."
)
TEST_VIRUS = "The file has the text inside that virus scanners are tested with. Choose another one."
NOT_WHAT_IT_SAYS = "The file is named {ending} but is something else inside. {advice}"


def check_sheet(file):
    """Return the SheetFormat of an uploaded file.

    Raises UnfitFile with a sentence for the person when it is empty, larger than
    `settings.IMPORT_LARGEST_BYTES`, not what its name says, damaged, protected by a password, made to
    burst when unpacked, or when it has macros, formulas, other files or the text that tests virus
    scanners inside.
    """
    ending = PurePath(plain_name(file.name)).suffix.lower()
    if ending in (".xls", ".xlsm", ".xlsb", ".ods"):
        raise UnfitFile(HAS_PROGRAMS if ending == ".xlsm" else WRONG_ENDING)
    if ending not in FORMAT_OF_ENDING:
        raise UnfitFile(WRONG_ENDING)
    if not file.size:
        raise UnfitFile(EMPTY)
    if file.size > settings.IMPORT_LARGEST_BYTES:
        raise UnfitFile(_too_large(file.size))
    file.seek(0)
    if holds_test_virus(file.chunks(CHUNK)):
        raise UnfitFile(TEST_VIRUS)
    sheet_format = FORMAT_OF_ENDING[ending]
    if sheet_format == SheetFormat.XLSX:
        _check_workbook(file)
    else:
        _check_text(file, ending)
    file.seek(0)
    return sheet_format


def plain_name(name):
    """Return a file name without its path and without characters that hide or turn text around."""
    base = UNSEEN.sub("", PurePath(name.replace("\\", "/")).name).strip()
    stem, ending = PurePath(base).stem, PurePath(base).suffix
    return f"{stem[: 150 - len(ending)]}{ending}"[:150]


def _too_large(size):
    largest = settings.IMPORT_LARGEST_BYTES / 1024 / 1024
    this = f"The file must be {largest:g} MB or smaller. This one is {size / 1024 / 1024:.1f} MB."
    return f"{this} Save it as Excel (.xlsx), which is smaller, or split it in two."


def _check_text(file, ending):
    file.seek(0)
    beginning = file.read(CHUNK)
    advice = "Save it as CSV and choose that."
    utf_16 = beginning[:2] in (b"\xff\xfe", b"\xfe\xff")
    if beginning[:4] in (ARCHIVE, OLD_OFFICE) or (b"\x00" in beginning and not utf_16):
        raise UnfitFile(NOT_WHAT_IT_SAYS.format(ending=ending, advice=advice))


def _check_workbook(file):
    file.seek(0)
    beginning = file.read(4)
    if beginning == OLD_OFFICE:
        raise UnfitFile(LOCKED)
    if beginning != ARCHIVE:
        raise UnfitFile(
            NOT_WHAT_IT_SAYS.format(ending=".xlsx", advice="Save it as .xlsx and choose that.")
        )
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bombs(archive)
            _refuse_programs(archive)
            for member in archive.infolist():
                _read_through(archive, member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError,
            KeyError) as error:  # fmt: skip
        raise UnfitFile(DAMAGED) from error


def _refuse_bombs(archive):
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    many = len(members) > settings.IMPORT_MOST_MEMBERS
    if many or unpacked > settings.IMPORT_LARGEST_UNPACKED_BYTES:
        raise UnfitFile(TOO_MUCH_INSIDE)


def _refuse_programs(archive):
    names = set(archive.namelist())
    if any(PROGRAMS_INSIDE.search(name) for name in names):
        raise UnfitFile(HAS_PROGRAMS)
    if any(leads_outside(member.orig_filename) for member in archive.infolist()):
        raise UnfitFile(STRANGE_NAMES)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise UnfitFile(DAMAGED)
    with archive.open("[Content_Types].xml") as types:
        if b"macroenabled" in types.read(CHUNK).lower():
            raise UnfitFile(HAS_PROGRAMS)


def _read_through(archive, member):
    """Read a member to its end, so that a lie about its size or its sum shows, and look into it."""
    if member.flag_bits & 0x1:
        raise UnfitFile(LOCKED)
    may_calculate = WORKSHEET.match(member.filename)
    before = b""
    with archive.open(member) as stream:
        if is_another_file(member.filename, stream.read(CHUNK)):
            raise UnfitFile(HAS_FILES)
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            if holds_test_virus([before + chunk]):
                raise UnfitFile(TEST_VIRUS)
            if may_calculate and FORMULA.search(before + chunk):
                raise UnfitFile(HAS_FORMULAS)
            before = chunk[-OVERLAP:]

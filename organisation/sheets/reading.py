"""Reads a sheet row by row as text, whatever wrote it: Excel, or CSV of any common kind."""

import codecs
import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time

import openpyxl
from defusedxml import DefusedXmlException
from django.conf import settings
from openpyxl.utils.exceptions import InvalidFileException

from design_system.downloads import without_shield
from organisation.sheets.cells import UNSEEN, as_text
from organisation.sheets.files import DAMAGED, SheetFormat
from organisation.sheets.problems import UnfitFile

LONGEST_CELL = 100_000
LONGEST_HEADING = 80
CHUNK = 256 * 1024
ENCODINGS = ["utf-8", "cp1252", "latin-1"]
DELIMITERS = ",;\t|"
BYTE_ORDER_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
BROKEN = (zipfile.BadZipFile, InvalidFileException, DefusedXmlException, KeyError, ValueError,
          TypeError, AttributeError, IndexError, SyntaxError, OSError)  # fmt: skip


@dataclass
class Sheet:
    """The columns of a sheet by position, headings we do not know, and its rows still to be read."""

    keys: list
    unknown: list
    lines: object = field(repr=False)

    def rows(self):
        """Yield (number in the file, cells by key) for each row that says anything."""
        for number, line in self.lines:
            cells = {}
            for key, text in zip(self.keys, line, strict=False):
                # Of two columns with one meaning the first that says something holds.
                if key and text and key not in cells:
                    cells[key] = text
            if cells:
                yield number, cells


def open_sheet(file, sheet_format, key_of):
    """Return the Sheet of an open file. Raises UnfitFile, also later while its rows are read.

    `key_of(heading)` returns the key of a column, or None for one that is passed over.
    """
    read = _workbook_lines if sheet_format == SheetFormat.XLSX else _text_lines
    lines = _bounded(read(file))
    for _, line in lines:
        if any(line):
            keys = [key_of(heading) for heading in line]
            named = zip(line, keys, strict=True)
            unknown = [name[:LONGEST_HEADING] for name, key in named if name and key is None]
            return Sheet(keys, unknown, lines)
    raise UnfitFile("The file has no rows.")


def _bounded(lines):
    """Pass on lines, up to the most rows that a file may have."""
    told = 0
    for number, line in lines:
        told += any(line)
        if told > settings.IMPORT_MOST_ROWS + 1:
            raise UnfitFile(
                f"The file has more than {settings.IMPORT_MOST_ROWS:,} rows. Split it in two."
            )
        yield number, line


def _workbook_lines(file):
    """Yield the rows of the first visible sheet of a workbook."""
    try:
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        sheet = (shown or book.worksheets)[0]
        sheet.reset_dimensions()
        for number, row in enumerate(
            sheet.iter_rows(values_only=True, max_col=settings.IMPORT_MOST_COLUMNS), start=1
        ):
            yield number, [_tidy(_cell_text(value)) for value in row]
    except BROKEN as error:
        raise UnfitFile(DAMAGED) from error


def _cell_text(value):
    if isinstance(value, datetime):
        # A day without an hour is a date; 31 December 2026 23:59 keeps its hour as text.
        whole_day = value.time() == time.min
        return value.date().isoformat() if whole_day else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return as_text(value)


def _text_lines(file):
    """Yield the rows of a CSV file, in UTF-8, UTF-16 or the old Windows code page."""
    csv.field_size_limit(LONGEST_CELL)
    raw = _raw(file)
    text = io.TextIOWrapper(raw, encoding=_encoding(raw), newline="")
    line = 1  # of the text, for what cannot be read; rows are counted as a spreadsheet shows them
    try:
        reader = csv.reader(text, delimiter=_delimiter(text), strict=True)
        for number, row in enumerate(reader, start=1):
            yield number, [_tidy(cell) for cell in row[: settings.IMPORT_MOST_COLUMNS]]
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnfitFile(_csv_words(str(error), line)) from error
    finally:
        if not raw.closed:
            text.detach()  # The file stays open for whoever opened it.


def _raw(file):
    """Return the file that Django's files and the temporary ones wrap."""
    while hasattr(file, "file"):
        file = file.file
    return file


def _encoding(raw):
    """Return the encoding in which the whole file can be read, and go back to its beginning."""
    raw.seek(0)
    beginning = raw.read(4)
    named = [name for mark, name in BYTE_ORDER_MARKS if beginning.startswith(mark)]
    for encoding in named[:1] or ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        raw.seek(0)
        try:
            while chunk := raw.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        raw.seek(0)
        return encoding
    raise UnfitFile("We could not read the letters of the file. Save it as CSV UTF-8.")


def _delimiter(text):
    """Return what splits the columns: whatever the first line has most of, outside quotes."""
    first = ""
    while not first.strip() and (line := text.readline(LONGEST_CELL)):
        first = line
    text.seek(0)
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count)


def _csv_words(problem, line):
    if "field larger" in problem:
        return f"A cell from line {line} on is too long. Is a quotation mark not closed?"
    return (
        f"The quotation marks from line {line} on do not match, so we cannot tell where its cells end. "
        "Save the file as Excel (.xlsx) and choose that."
    )


def _tidy(text):
    """Return the text of a cell without what cannot be stored and without the shield of an export."""
    return without_shield(UNSEEN.sub("", text[:LONGEST_CELL]).strip())

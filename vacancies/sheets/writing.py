"""Writes adverts as rows, in CSV and Excel. What it writes can be imported again."""

import tempfile

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from design_system.downloads import csv_download, shielded
from vacancies.sheets.columns import EXPORTED, READ_WITH, TOGETHER

EXPORT_BATCH = 500
LONGEST_EXCEL_CELL = 32_767
HEADINGS = [column.heading for column in EXPORTED]


def rows_of(vacancies):
    """Yield the cells of each vacancy of the queryset, read in batches."""
    found = (
        vacancies.select_related(*TOGETHER).prefetch_related(*READ_WITH).without_search_columns()
    )
    for vacancy in found.order_by("pk").iterator(chunk_size=EXPORT_BATCH):
        yield [column.text_of(vacancy) for column in EXPORTED]


def csv_of(vacancies, name):
    """Return an answer that streams the vacancies as CSV."""
    return csv_download(name, HEADINGS, rows_of(vacancies))


def workbook_of(vacancies, name):
    """Return an answer with the vacancies as an Excel workbook, written row by row to a file."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Adverts")
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, heading) for heading in HEADINGS])
    for row in rows_of(vacancies):
        sheet.append([_cell(sheet, text) for text in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{name}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def _heading(sheet, text):
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet, text):
    """Return a cell of text: nothing in it is taken for a formula or a number.

    Control characters, such as Word's line break, are left out: Excel holds none.
    """
    text = ILLEGAL_CHARACTERS_RE.sub(" ", str(shielded(text)))
    cell = WriteOnlyCell(sheet, text[:LONGEST_EXCEL_CELL])
    cell.data_type = "s"
    return cell

"""Files of adverts for the tests: as CSV, and as the workbooks that Excel writes."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEADINGS = ["External reference", "Job title", "Role", "Team", "Salary", "Contract type", "Hours",
            "Location", "Closing date", "Description", "Essential criteria"]  # fmt: skip


def row(number=1, **changes):
    """Return the cells of a good row, by heading."""
    cells = {
        "External reference": f"OLD-{number}",
        "Job title": f"Social worker {number}",
        "Role": "Social worker",
        "Team": "Family Help Alton",
        "Salary": "£37,200 - £41,800 pro rata",
        "Contract type": "Fixed term (12 months)",
        "Hours": "37",
        "Location": "Alton",
        "Closing date": "31/12/26",
        "Description": "<p>Work with families &amp; schools.</p>",
        "Essential criteria": "Kindness\nOrder",
    }
    return cells | changes


def text_of(rows, delimiter=","):
    file = io.StringIO(newline="")
    headings = list(dict.fromkeys(name for cells in rows for name in cells))
    writer = csv.DictWriter(file, headings, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def csv_file(rows, *, encoding="utf-8", delimiter=",", name="adverts.csv"):
    return SimpleUploadedFile(name, text_of(rows, delimiter).encode(encoding))


def workbook_file(rows, *, name="adverts.xlsx"):
    book = Workbook()
    headings = list(dict.fromkeys(heading for cells in rows for heading in cells))
    book.active.append(headings)
    for cells in rows:
        book.active.append([cells.get(heading) for heading in headings])
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile(name, file.getvalue())

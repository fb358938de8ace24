"""Tables to take away as CSV. A cell that a spreadsheet would run as a formula is shielded."""

import csv
import re

from django.http import StreamingHttpResponse
from django.utils.text import slugify

SHIELD = "'"
# A text that has our shield already gets another, so that taking one off gives the text back.
BEGINS_AS_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def shielded(value):
    """Return a cell as text that no spreadsheet takes for a formula; numbers stay as they are."""
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = str(value)
    return f"{SHIELD}{text}" if BEGINS_AS_FORMULA.match(text) else text


def without_shield(text):
    """Return a cell as it was before `shielded`."""
    return text[1:] if text[:1] == SHIELD and BEGINS_AS_FORMULA.match(text) else text


class _Line:
    """A file that only hands on what is written to it."""

    def write(self, text):
        return text


def csv_lines(headings, rows):
    """Yield the lines of a CSV file, with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff"
    yield writer.writerow([shielded(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([shielded(value) for value in row])


def csv_download(name, headings, rows):
    """Return an answer that streams a table as the file `name`.csv."""
    response = StreamingHttpResponse(
        csv_lines(headings, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    return response

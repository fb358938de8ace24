"""Opens a sheet of adverts by the headings that they have."""

from organisation.sheets.problems import UnfitFile
from organisation.sheets.reading import open_sheet
from vacancies.sheets.columns import BY_KEY, key_of


def open_adverts(file, sheet_format):
    """Return the Sheet of an open file of adverts.

    Raises UnfitFile, also later while its rows are read, and when a heading that is needed is missing.
    """
    sheet = open_sheet(file, sheet_format, key_of)
    missing = [BY_KEY[key].heading for key in ("title", "closes_on") if key not in sheet.keys]
    if missing and "reference" not in sheet.keys:
        named = " and ".join(f"“{heading}”" for heading in missing)
        raise UnfitFile(
            f"The first row must name the columns, and we cannot find {named}. "
            "An export of adverts shows the names we know."
        )
    return sheet

"""What is refused before a file is kept, and that an export comes back as it was."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from design_system.downloads import csv_lines, shielded, without_shield
from organisation.sheets import files
from organisation.sheets.files import check_sheet
from organisation.sheets.problems import UnfitFile
from tests.applications.files import EICAR, docx
from tests.vacancies.sheets import csv_file, row, workbook_file
from vacancies.sheets.reading import open_adverts


def changed_workbook(changes, name="adverts.xlsx", rows=None):
    """Return a workbook in which the members named in `changes` are replaced or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(workbook_file(rows or [row(1)])) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for member in before.namelist():
            if member not in changes:
                after.writestr(member, before.read(member))
        for member, content in changes.items():
            after.writestr(member, content)
    return SimpleUploadedFile(name, made.getvalue())


def refusal(file):
    with pytest.raises(UnfitFile) as problem:
        check_sheet(file)
    return str(problem.value)


@pytest.mark.parametrize(("make", "kind"), [(csv_file, "csv"), (workbook_file, "xlsx")])
def test_good_files_are_known_by_what_is_inside(make, kind):
    assert check_sheet(make([row(1)])) == kind


@pytest.mark.parametrize("name", ["adverts.pdf", "adverts", "adverts.xls", "adverts.ods", "a.xlsb"])
def test_other_kinds_of_file_are_refused(name):
    assert refusal(SimpleUploadedFile(name, b"Title\nA")) == files.WRONG_ENDING


def test_an_empty_file_is_refused():
    assert refusal(SimpleUploadedFile("adverts.csv", b"")) == files.EMPTY


def test_a_large_file_is_refused_with_both_sizes(settings):
    settings.IMPORT_LARGEST_BYTES = 1024 * 1024

    assert refusal(SimpleUploadedFile("adverts.csv", b"x" * 1_600_000)) == (
        "The file must be 1 MB or smaller. This one is 1.5 MB. "
        "Save it as Excel (.xlsx), which is smaller, or split it in two."
    )


def test_a_workbook_with_macros_is_refused():
    assert refusal(changed_workbook({"xl/vbaProject.bin": b"x"})) == files.HAS_PROGRAMS
    assert refusal(workbook_file([row(1)], name="adverts.xlsm")) == files.HAS_PROGRAMS


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"xl/media/image1.png": docx()}, files.HAS_FILES),
        ({"xl/embeddings/oleObject1.bin": b"x"}, files.HAS_FILES),
        ({"../../evil.xml": b"x"}, files.STRANGE_NAMES),
        ({"/etc/evil.xml": b"x"}, files.STRANGE_NAMES),
        ({"xl/notes.xml": EICAR}, files.TEST_VIRUS),
    ],
)
def test_a_workbook_with_something_else_inside_is_refused(changes, reason):
    assert refusal(changed_workbook(changes)) == reason


def test_a_list_with_the_text_that_tests_scanners_is_refused():
    assert refusal(SimpleUploadedFile("adverts.csv", b"Title\n" + EICAR)) == files.TEST_VIRUS


def test_a_workbook_with_formulas_is_refused():
    assert refusal(workbook_file([row(1, Salary="=1+1")])) == files.HAS_FORMULAS


def test_a_workbook_with_a_password_is_refused():
    file = SimpleUploadedFile("adverts.xlsx", files.OLD_OFFICE + b"\x00" * 600)

    assert refusal(file) == files.LOCKED


def test_a_workbook_made_to_burst_is_refused(settings):
    settings.IMPORT_LARGEST_UNPACKED_BYTES = 5_000_000
    bomb = changed_workbook({"xl/media/a.bin": b"0" * 6_000_000})

    assert bomb.size < 100_000
    assert refusal(bomb) == files.TOO_MUCH_INSIDE


def test_a_workbook_that_lies_about_its_size_is_refused():
    content = bytearray(changed_workbook({"xl/media/a.bin": b"0" * 6_000_000}).read())
    entry = content.rfind(b"xl/media/a.bin") - 46
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")  # its size, in the directory

    assert refusal(SimpleUploadedFile("adverts.xlsx", bytes(content))) == files.DAMAGED


def test_something_else_named_as_a_sheet_is_refused():
    assert "is named .xlsx but is something else" in refusal(
        SimpleUploadedFile("adverts.xlsx", b"Title,Closing date\n")
    )
    assert "is named .csv but is something else" in refusal(
        SimpleUploadedFile("adverts.csv", workbook_file([row(1)]).read())
    )


def test_a_workbook_cut_short_is_refused():
    content = workbook_file([row(1)]).read()

    assert refusal(SimpleUploadedFile("adverts.xlsx", content[: len(content) // 2])) == (
        files.DAMAGED
    )


def test_xml_that_is_made_to_swell_is_refused():
    swelling = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    file = changed_workbook({"xl/worksheets/sheet1.xml": swelling})

    with pytest.raises(UnfitFile, match="We could not read the file"):
        list(open_adverts(file, "xlsx").rows())


def test_too_many_rows_are_refused(settings):
    settings.IMPORT_MOST_ROWS = 2
    sheet = open_adverts(csv_file([row(1), row(2), row(3)]), "csv")

    with pytest.raises(UnfitFile, match="more than 2 rows"):
        list(sheet.rows())


def test_a_file_without_the_columns_that_are_needed_is_refused():
    with pytest.raises(UnfitFile) as problem:
        open_adverts(csv_file([{"Name": "Ann", "Job title": "x"}]), "csv")

    assert str(problem.value) == (
        "The first row must name the columns, and we cannot find “Closes on”. "
        "An export of adverts shows the names we know."
    )


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-"])
def test_a_cell_that_a_spreadsheet_would_run_is_shielded(text):
    assert shielded(text) == f"'{text}"
    assert without_shield(shielded(text)) == text


@settings(deadline=None)
@given(text=st.text(max_size=30))
def test_taking_the_shield_off_gives_the_text_back(text):
    assert without_shield(shielded(text)) == text


def test_numbers_stay_numbers():
    assert "".join(csv_lines(["A"], [[-5], [None], ["-5"]])) == '\ufeffA\r\n-5\r\n""\r\n\'-5\r\n'

import contextlib
import gzip
import time
import zlib

import pytest

from accounts.exceptions import UnfitFile
from accounts.file_checks import (
    DAMAGED,
    DOCX,
    EMPTY,
    HAS_FILES,
    HAS_PROGRAMS,
    ODT,
    PDF,
    PDF_HAS_FILES,
    PDF_LOCKED,
    PDF_RUNS,
    STRANGE_NAMES,
    TEST_VIRUS,
    TOO_MUCH_INSIDE,
    WRONG_ENDING,
    plain_name,
)
from applications.file_checks import check_cv
from tests.applications.files import (
    EICAR,
    ODT_TYPE,
    PDF_BYTES,
    WORD_TYPES,
    archive,
    docx,
    odt,
    pdf,
    upload,
)

SOMETHING_ELSE = (
    "The file is named as {} but is something else inside. Save it again as a PDF and choose that"
)


def test_a_pdf_that_was_cut_off_is_refused():
    with pytest.raises(UnfitFile):
        check_cv(upload("cv.pdf", PDF_BYTES[: len(PDF_BYTES) // 2].replace(b"%%EOF", b"")))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("cv.pdf", PDF_BYTES, PDF),
        ("CV.PDF", PDF_BYTES, PDF),
        ("Zoë O’Hara – CV.docx", docx(), DOCX),
        ("cv.odt", odt(), ODT),
        ("cv.odt", odt({"Configurations2/accelerator/current.xml": ""}), ODT),
        ("cv.docx", docx({"word/media/image1.emz": gzip.compress(b"a drawing")}), DOCX),
    ],
)
def test_check_cv_takes_the_three_kinds_by_their_content(name, content, expected):
    assert check_cv(upload(name, content, "text/html")) == expected


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cv.exe", PDF_BYTES, WRONG_ENDING),
        ("cv.pdf.exe", PDF_BYTES, WRONG_ENDING),
        ("cv", PDF_BYTES, WRONG_ENDING),
        ("cv.doc", b"\xd0\xcf\x11\xe0", WRONG_ENDING),
        ("cv.docm", docx(), WRONG_ENDING),
        ("cv.pdf", b"", EMPTY),
        ("cv.pdf", b"MZ\x90\x00" + b"\x00" * 100, SOMETHING_ELSE.format("a PDF")),
        ("cv.pdf", b"<html><script>alert(1)</script>", SOMETHING_ELSE.format("a PDF")),
        ("cv.pdf", EICAR, SOMETHING_ELSE.format("a PDF")),
        ("cv.pdf", PDF_BYTES + EICAR + PDF_BYTES, TEST_VIRUS),
        ("cv.pdf", PDF_BYTES + b"x" * 65_530 + EICAR + b"%%EOF", TEST_VIRUS),
        ("cv.docx", docx({"word/notes.xml": b"x" * 65_530 + EICAR}), TEST_VIRUS),
        ("cv.docx", docx() + EICAR, TEST_VIRUS),
        ("cv.odt", odt({"a.txt": EICAR}), TEST_VIRUS),
        ("cv.docx", docx({"word/media/image1.png": docx()}), HAS_FILES),
        ("cv.docx", docx({"word/media/image1.png": archive({})}), HAS_FILES),
        ("cv.docx", docx({"word/media/image1.png": gzip.compress(b"x")}), HAS_FILES),
        ("cv.docx", docx({"word/media/image1.emz": docx()}), HAS_FILES),
        ("cv.docx", docx({"word/embeddings/oleObject1.bin": b"x"}), HAS_FILES),
        ("cv.odt", odt({"Object 1": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}), HAS_FILES),
        ("cv.odt", odt({"Pictures/1.png": b"\0" * 257 + b"ustar"}), HAS_FILES),
        ("cv.docx", docx({"../../evil.xml": "x"}), STRANGE_NAMES),
        ("cv.docx", docx({"word/..\\evil.xml": "x"}), STRANGE_NAMES),
        ("cv.docx", docx({"/etc/evil.xml": "x"}), STRANGE_NAMES),
        ("cv.docx", docx({"C:\\evil.xml": "x"}), STRANGE_NAMES),
        ("cv.pdf", docx(), SOMETHING_ELSE.format("a PDF")),
        ("cv.docx", PDF_BYTES, SOMETHING_ELSE.format("a Word document")),
        ("cv.docx", odt(), SOMETHING_ELSE.format("a Word document")),
        ("cv.docx", archive({"a.txt": "hello"}), SOMETHING_ELSE.format("a Word document")),
        ("cv.odt", docx(), SOMETHING_ELSE.format("an OpenDocument text")),
        (
            "cv.odt",
            archive({"mimetype": ODT_TYPE + "-master", "content.xml": ""}),
            SOMETHING_ELSE.format("an OpenDocument text"),
        ),
        ("cv.docx", docx({"word/vbaProject.bin": b"x"}), HAS_PROGRAMS),
        ("cv.docx", docx({"word/activeX/activeX1.xml": b"x"}), HAS_PROGRAMS),
        (
            "cv.docx",
            docx(types=WORD_TYPES.replace("wordprocessingml", "macroEnabled wordprocessingml")),
            HAS_PROGRAMS,
        ),
        ("cv.odt", odt({"Basic/Standard/Module1.xml": "Sub Main"}), HAS_PROGRAMS),
        ("cv.odt", odt({"Scripts/python/evil.py": "import os"}), HAS_PROGRAMS),
        ("cv.docx", docx()[:-30], DAMAGED),
        ("cv.docx", b"PK\x03\x04 and then nothing", DAMAGED),
    ],
)
def test_check_cv_refuses_what_is_not_a_safe_document(name, content, reason):
    with pytest.raises(UnfitFile) as refused:
        check_cv(upload(name, content))

    assert str(refused.value) == reason


SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(b"<</Type/Catalog/OpenAction " + SCRIPT + b">>"), PDF_RUNS),
        (pdf(b"<</Type /Catalog /AA << /O << /S /JavaScript /JS 2 0 R >> >> >>"), PDF_RUNS),
        (pdf(b"<</Names<</JavaScript 2 0 R>>>>"), PDF_RUNS),
        (pdf(b"<</S/J#61va#53cript>>"), PDF_RUNS),
        (pdf(b"<</S%a comment\n/JavaScript>>"), PDF_RUNS),
        (pdf(b"<</S/Rendition/OP 0 /JS (app.alert)>>"), PDF_RUNS),
        (pdf(b"/JavaScript"), PDF_RUNS),
        (pdf(b"<</OpenAction<</S/Launch/F(cmd.exe)>>>>"), PDF_RUNS),
        (pdf(b"<</Names<</EmbeddedFiles 2 0 R>>>>"), PDF_HAS_FILES),
        (pdf(b"<</Type/EmbeddedFile/Length 0>>"), PDF_HAS_FILES),
        (pdf(b"<</Type/Filespec/EF<</F 2 0 R>>>>"), PDF_HAS_FILES),
        (pdf(packed=SCRIPT), PDF_RUNS),
        (pdf(packed=b" " * 1024 * 1024 + SCRIPT), PDF_RUNS),
        (pdf(packed=b"<</Type/EmbeddedFile>>"), PDF_HAS_FILES),
        (pdf(packed=SCRIPT).replace(b"/ObjStm", b"/#4fbjStm"), PDF_RUNS),
        (pdf(packed=SCRIPT).replace(b"x\x9c", b"\0\0"), PDF_LOCKED),
    ],
)
def test_check_cv_refuses_a_pdf_that_runs_something_or_has_a_file_inside(content, reason):
    with pytest.raises(UnfitFile) as refused:
        check_cv(upload("cv.pdf", content))

    assert str(refused.value) == reason


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"<</Type/Catalog/OpenAction[3 0 R/XYZ null null 0]/Lang(en-GB)>>"),
        pdf(b"<</Type/Catalog/OpenAction<</S/GoTo/D[3 0 R/Fit]>>>>"),
        pdf(b"<</S/URI/URI(https://example.org/JavaScript/Launch)>>"),
        pdf(b"<</Title(HTML/JavaScript and JS)/EFG 1/JSON(x)/Launches(x)>>"),
        pdf(b"<</Type/Catalog/PageMode/UseOutlines>>", packed=b"<</Type/Page/Parent 1 0 R>>"),
        pdf(packed=b"<<>>").replace(zlib.compress(b"9 0 <<>>"), b"9 0 <<>>"),
    ],
)
def test_check_cv_takes_a_pdf_that_only_says_how_it_is_shown(content):
    assert check_cv(upload("cv.pdf", content)) == PDF


def test_check_cv_refuses_a_pdf_whose_objects_burst(settings):
    settings.PDF_OBJECTS_LARGEST_BYTES = 2 * 1024 * 1024

    with pytest.raises(UnfitFile) as refused:
        check_cv(upload("cv.pdf", pdf(packed=b" " * 3 * 1024 * 1024)))

    assert str(refused.value) == TOO_MUCH_INSIDE


def test_check_cv_refuses_a_pdf_with_a_crowd_of_packed_objects(settings):
    settings.CV_MOST_MEMBERS = 3

    with pytest.raises(UnfitFile) as refused:
        check_cv(upload("cv.pdf", pdf(packed=b"<<>>") * 4))

    assert str(refused.value) == TOO_MUCH_INSIDE


@pytest.mark.parametrize(
    "piece", [b"/", b"stream\n", b"/ObjStm stream ", b"/JS ", b"/JS 1", b"#2f", b"(", b" ", b"/#4a"]
)
def test_a_large_pdf_is_looked_through_quickly(piece):
    content = PDF_BYTES + piece * (4 * 1024 * 1024 // len(piece)) + b"%%EOF"
    started = time.monotonic()

    with contextlib.suppress(UnfitFile):
        check_cv(upload("cv.pdf", content))

    assert time.monotonic() - started < 5


def test_check_cv_refuses_a_file_that_bursts_when_unpacked(settings):
    bomb = docx({"word/media/image1.png": b"\0" * (settings.CV_LARGEST_UNPACKED_BYTES + 1)})
    assert len(bomb) < settings.CV_LARGEST_BYTES

    with pytest.raises(UnfitFile) as refused:
        check_cv(upload("cv.docx", bomb))

    assert str(refused.value) == TOO_MUCH_INSIDE


def test_check_cv_refuses_a_member_that_lies_about_its_size():
    honest = docx({"word/media/image1.png": b"\0" * 5000})
    lying = honest.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest

    with pytest.raises(UnfitFile) as refused:
        check_cv(upload("cv.docx", lying))

    assert str(refused.value) == DAMAGED


def test_check_cv_refuses_a_crowd_of_members(settings):
    settings.CV_MOST_MEMBERS = 10
    crowd = docx({f"word/media/{number}.png": b"" for number in range(20)})

    with pytest.raises(UnfitFile) as refused:
        check_cv(upload("cv.docx", crowd))

    assert str(refused.value) == TOO_MUCH_INSIDE


def test_check_cv_refuses_six_megabytes():
    with pytest.raises(UnfitFile) as refused:
        check_cv(upload("cv.pdf", PDF_BYTES + b"\0" * (6 * 1024 * 1024)))

    assert str(refused.value) == "The file must be 5 MB or smaller. This one is 6.0 MB"


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("My CV.pdf", "My CV.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ann\\cv.pdf", "cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        ("name\r\nSet-Cookie.pdf", "nameSet-Cookie.pdf"),
        ("سيرة ذاتية.pdf", "سيرة ذاتية.pdf"),
    ],
)
def test_plain_name_keeps_the_name_and_drops_its_tricks(given, plain):
    assert plain_name(given) == plain

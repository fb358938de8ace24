"""Files that people send: good ones, mistaken ones and wicked ones."""

import io
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

PDF_BYTES = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
WORD_TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def archive(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def docx(extra=(), types=WORD_TYPES):
    return archive({"[Content_Types].xml": types, "word/document.xml": "<w/>", **dict(extra)})


def odt(extra=()):
    return archive({"mimetype": ODT_TYPE, "content.xml": "<o/>", **dict(extra)})


def pdf(*objects, packed=None):
    """A PDF of these objects; `packed` is one more, inside a stream of objects as newer programs write."""
    made = b"%PDF-1.7\n"
    for number, content in enumerate(objects, 1):
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    if packed is not None:
        stream = zlib.compress(b"9 0 " + packed)
        words = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(stream)
        made += b"8 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (words, stream)
    return made + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def upload(name, content, content_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type)

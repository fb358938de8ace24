"""How a pack of what we hold about somebody is sent: never shown, never kept by a cache."""

from django.http import FileResponse


def pack_response(file):
    """Return a response that gives the open `file` to be saved."""
    response = FileResponse(
        file, as_attachment=True, filename="everything.zip", content_type="application/zip"
    )
    response["Cache-Control"] = "no-store"
    return response

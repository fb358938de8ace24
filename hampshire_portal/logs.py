"""One JSON object a line, each with the id of the request that caused it."""

import json
import logging
import re
from contextvars import ContextVar

request_id = ContextVar("request_id", default="")
# The address of a referee's page holds their secret.
SECRET_PATHS = re.compile(r"(?<!applications)(/references/)[^/\s]+")


class RequestIdFilter(logging.Filter):
    """Put the id of the request on every log record that one caused.

    Django tells of some answers, such as 404, when the request is over; those records carry it themselves.
    """

    def filter(self, record):
        request = getattr(record, "request", None)
        record.request_id = request_id.get() or getattr(request, "id", "")
        return True


class JsonFormatter(logging.Formatter):
    """Format a record as JSON. Only named fields are written, so no secret slips in with the rest."""

    def format(self, record):
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": SECRET_PATHS.sub(r"\1…", record.getMessage()),
        }
        if getattr(record, "request_id", ""):
            line["request_id"] = record.request_id
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

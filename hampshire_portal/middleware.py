import re
import uuid
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from hampshire_portal.logs import request_id

SAFE_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """Give each request an id that its log lines and its answer carry."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        offered = request.headers.get("X-Request-ID", "")
        trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT and SAFE_REQUEST_ID.fullmatch(offered)
        request.id = offered if trusted else uuid.uuid4().hex
        token = request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


class NotAllowedPageMiddleware:
    """Show a page where Django answers a wrong method with nothing at all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response


class SecurityPolicyMiddleware:
    """Send one strict content policy with every page, the admin's included."""

    def __init__(self, get_response):
        self.get_response = get_response
        form_action = "'self'"
        if settings.OPENID_SERVER_URL:
            server = urlsplit(settings.OPENID_SERVER_URL)
            form_action += f" {server.scheme}://{server.netloc}"
        self.policy = (
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            f"frame-ancestors 'none'; form-action {form_action}"
        )

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

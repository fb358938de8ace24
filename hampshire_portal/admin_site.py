from functools import wraps

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path

from accounts.registries import admin_pages, attention


class PortalAdminSite(admin.AdminSite):
    """The stock Django admin with the council's name and what needs attention today on its index."""

    site_header = f"{settings.COUNCIL_NAME} careers: HR"
    site_title = "Careers HR"
    index_title = "HR admin"
    site_url = "/"
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Signing in to the admin is signing in to the portal: one place for codes, limits and the
        # second step.
        self.login = secure_admin_login(self.login)

    def index(self, request, extra_context=None):
        found = [item for find in attention for item in find(request.user)]
        items = [item for item in found if item.count]
        pages = [page for page in admin_pages if page.title and page.may_see(request.user)]
        context = {"attention": items, "own_pages": pages, **(extra_context or {})}
        return super().index(request, context)

    def get_urls(self):
        own = [
            path(page.path, self.admin_view(_guarded(page)), name=page.name) for page in admin_pages
        ]
        return own + super().get_urls()


def _guarded(page):
    """Return the view of an app's own page for those who may see it."""

    @wraps(page.view)
    def view(request, *args, **kwargs):
        if not page.may_see(request.user):
            raise PermissionDenied
        return page.view(request, *args, **kwargs)

    return view

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin

from accounts.registries import attention


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
        return super().index(request, {"attention": items, **(extra_context or {})})

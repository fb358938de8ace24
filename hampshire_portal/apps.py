from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class HampshirePortalConfig(AppConfig):
    name = "hampshire_portal"
    default = True


class PortalAdminConfig(admin_apps.AdminConfig):
    default_site = "hampshire_portal.admin_site.PortalAdminSite"
    default = False

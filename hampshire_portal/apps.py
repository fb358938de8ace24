from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps

# What libraries put in the admin and nobody here needs to see or change by hand: people's sessions,
# second factors and addresses belong to them, and roles are ours, not Django's groups.
NOT_IN_THE_ADMIN = (
    "account.emailaddress",
    "auth.group",
    "mfa.authenticator",
    "socialaccount.socialaccount",
    "socialaccount.socialapp",
    "socialaccount.socialtoken",
    "usersessions.usersession",
)


class HampshirePortalConfig(AppConfig):
    name = "hampshire_portal"
    default = True


class PortalAdminConfig(admin_apps.AdminConfig):
    default_site = "hampshire_portal.admin_site.PortalAdminSite"
    default = False

    def ready(self):
        super().ready()
        site = self.module.site
        for model in list(site._registry):
            if model._meta.label_lower in NOT_IN_THE_ADMIN:
                site.unregister(model)

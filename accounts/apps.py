from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and what they did"

    def ready(self):
        autodiscover_modules("attention", "invariants", "privacy", "standing")

from django.apps import AppConfig


class ReturnersConfig(AppConfig):
    name = "returners"
    verbose_name = "Return to social work"

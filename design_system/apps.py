from django.apps import AppConfig


class DesignSystemConfig(AppConfig):
    name = "design_system"
    verbose_name = "Design system"

from django.apps import AppConfig

from design_system import messages


class DesignSystemConfig(AppConfig):
    name = "design_system"
    verbose_name = "Design system"

    def ready(self):
        messages.speak_plainly()

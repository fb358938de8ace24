from django.apps import AppConfig


class VacanciesConfig(AppConfig):
    name = "vacancies"
    verbose_name = "Vacancies"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from vacancies.signals import keep_what_was_saved_before_signing_in

        user_logged_in.connect(
            keep_what_was_saved_before_signing_in, dispatch_uid="vacancies.keep_saved"
        )

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models

from applications.models import InterviewScheme
from design_system.lines import OneLineField


@admin.register(InterviewScheme)
class InterviewSchemeAdmin(admin.ModelAdmin):
    """The promises of an interview that applicants may ask for.

    One that is offered no more stays, since people have asked for it: its tick is taken away.
    """

    formfield_overrides = {
        models.CharField: {"form_class": OneLineField, "widget": AdminTextInputWidget}
    }
    list_display = ["name", "question", "is_offered", "position"]
    fields = ["name", "question", "is_offered", "position"]

    def has_delete_permission(self, request, obj=None):
        return False

"""HR writes to one applicant, and keeps the templates that messages begin with."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html, linebreaks

from accounts.registries import AdminPage, admin_pages
from applications.actions import retire_template, save_template, send_message
from applications.forms.hr import MessageForm, TemplateForm, with_template
from applications.models import Application, MessageTemplate
from applications.placeholders import PLACEHOLDERS, fill, fill_with_examples
from applications.queries import hr as hr_queries
from applications.rules import hr


def message_view(request, pk):
    """Write to one applicant, and see what HR has written to them so far."""
    sent = Application.objects.sent().select_related("vacancy", "applicant")
    application = get_object_or_404(sent, pk=pk)
    uses_template = "use_template" in request.POST
    form = MessageForm(request.POST if request.method == "POST" and not uses_template else None)
    if uses_template:
        begun = with_template(request.POST)
        words = {name: fill(begun[name], application) for name in ("subject", "words")}
        form = MessageForm(initial={**begun, **words})
    if form.is_valid():
        _send(request, application, form)
        return redirect("admin:applications_message", pk)
    context = {
        **admin.site.each_context(request),
        "title": f"Write to the applicant of {application}",
        "application": application,
        "form": form,
        "why_not": hr.why_no_message(request.user, application),
        "sent": hr_queries.messages_to_applicant(application),
        "placeholders": PLACEHOLDERS.items(),
    }
    return render(request, "applications/admin/message.html", context)


def _send(request, application, form):
    try:
        send_message(application=application, by=request.user, **form.cleaned_data)
    except PermissionDenied as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Your message is on its way.")


@admin.register(MessageTemplate)
class MessageTemplateAdmin(admin.ModelAdmin):
    """Templates of messages. One that is not used any more is retired; nothing deletes it."""

    form = TemplateForm
    list_display = ["name", "subject", "changed_at", "retired_at"]
    list_filter = [("retired_at", admin.EmptyFieldListFilter)]
    search_fields = ["name", "subject"]
    fields = ["name", "subject", "words", "words_to_use", "example"]
    readonly_fields = ["words_to_use", "example"]
    actions = ["retire"]

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        is_retired = obj is not None and obj.retired_at is not None
        return not is_retired and super().has_change_permission(request, obj)

    @admin.display(description="words you can use")
    def words_to_use(self, template):
        return ", ".join(
            f"{{{name}}}: {placeholder.meaning}" for name, placeholder in PLACEHOLDERS.items()
        )

    @admin.display(description="as an applicant reads it")
    def example(self, template):
        if not template.pk:
            return "Save it and look at it here."
        return format_html(
            "<strong>{}</strong>{}",
            fill_with_examples(template.subject),
            linebreaks(fill_with_examples(template.words), autoescape=True),
        )

    def save_model(self, request, template, form, change):
        save_template(template=template, by=request.user)

    @admin.action(description="Retire the selected templates", permissions=["change"])
    def retire(self, request, queryset):
        for template in queryset:
            retire_template(template=template, by=request.user)
        self.message_user(request, "Retired. Messages that began with them stay as they are.")


admin_pages.register(
    AdminPage(
        path="applications/<int:pk>/message/",
        name="applications_message",
        view=message_view,
        may_see=hr.can_write_messages,
    )
)

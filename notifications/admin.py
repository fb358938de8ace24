from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied

from notifications.actions import resend_message, start_mail_again, stop_all_mail
from notifications.models import MailStop, Message, SuppressedAddress


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """The outbox as HR sees it. The words of secret messages are shown to nobody."""

    list_display = [
        "created_at",
        "to",
        "subject_or_template",
        "state",
        "attempts",
        "sent_at",
    ]
    list_filter = ["state", "created_at"]
    search_fields = ["to", "subject"]
    show_full_result_count = False
    actions = ["resend_selected"]
    exclude = ["secret_context", "key"]

    def get_exclude(self, request, obj=None):
        # What a secret message is about is as secret as its words.
        hidden = ["template"] if obj is not None and obj.is_secret else []
        return [*self.exclude, *hidden]

    @admin.display(description="subject")
    def subject_or_template(self, message):
        if message.is_secret:
            return "Account letter (its words are secret)"
        return message.subject or message.template.rsplit("/", 1)[-1].replace("_", " ")

    @admin.action(description="Send the selected messages again", permissions=["resend"])
    def resend_selected(self, request, queryset):
        sent, refused = 0, 0
        for message in queryset:
            try:
                resend_message(message=message, by=request.user)
                sent += 1
            except PermissionDenied:
                refused += 1
        if sent:
            self.message_user(request, f"{sent} queued again.", messages.SUCCESS)
        if refused:
            words = f"{refused} left alone: still queued, or secret (codes and signed links)."
            self.message_user(request, words, messages.WARNING)

    def has_resend_permission(self, request):
        return request.user.has_perm("notifications.resend_message")


@admin.register(SuppressedAddress)
class SuppressedAddressAdmin(admin.ModelAdmin):
    list_display = ["address", "reason", "added_at"]
    search_fields = ["address"]


@admin.register(MailStop)
class MailStopAdmin(ReadOnlyAdmin):
    """The kill switch: add one to stop all e-mail, and end it with the action."""

    list_display = ["reason", "started_at", "started_by", "ended_at"]
    list_select_related = ["started_by"]
    actions = ["start_again"]

    def has_add_permission(self, request):
        return request.user.has_perm("notifications.add_mailstop")

    def save_model(self, request, stop, form, change):
        stop.pk = stop_all_mail(reason=stop.reason, by=request.user).pk

    @admin.action(description="Start sending e-mail again", permissions=["add"])
    def start_again(self, request, queryset):
        start_mail_again(by=request.user)
        self.message_user(request, "E-mail is being sent again.", messages.SUCCESS)

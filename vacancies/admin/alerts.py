from django.contrib import admin, messages
from django.db.models import Count, Q

from vacancies.actions import end_alert
from vacancies.models import Alert, AlertRun, Subscriber
from vacancies.rules import can_end_alert
from vacancies.states import AlertState


class LookedAtOnly(admin.ModelAdmin):
    """Alerts belong to those who asked for them: HR looks, and ends one when somebody asks by phone."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Alert)
class AlertAdmin(LookedAtOnly):
    """What people want to hear of. Which search finds nothing is worth knowing when posts are planned."""

    list_display = ["in_words", "frequency", "state", "subscriber", "confirmed_at", "next_on"]
    list_filter = ["state", "frequency", "confirmed_at"]
    list_select_related = ["subscriber"]
    search_fields = ["in_words", "subscriber__email"]
    ordering = ["-pk"]
    actions = ["end_selected"]
    fields = [
        "subscriber",
        "state",
        "in_words",
        "frequency",
        "created_at",
        "confirmed_at",
        "next_on",
        "ended_at",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("words_query")

    def has_end_permission(self, request):
        return can_end_alert(request.user)

    @admin.action(description="End the selected alerts", permissions=["end"])
    def end_selected(self, request, alerts):
        alerts = [alert for alert in alerts if alert.state != AlertState.ENDED]
        for alert in alerts:
            end_alert(alert=alert, by=request.user, why="hr")
        self.message_user(request, f"{len(alerts)} ended.", messages.SUCCESS)


class AlertsOfSubscriber(admin.TabularInline):
    model = Alert
    fields = readonly_fields = ["in_words", "frequency", "state", "confirmed_at", "next_on"]
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).defer("words_query")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Subscriber)
class SubscriberAdmin(LookedAtOnly):
    """Mailboxes that alerts go to, each with its alerts. Their links are shown to nobody."""

    list_display = ["email", "active_alerts", "wanted_at", "asked_at"]
    search_fields = ["email"]
    inlines = [AlertsOfSubscriber]
    fields = ["email", "created_at", "wanted_at", "asked_at"]

    def get_queryset(self, request):
        active = Count("alerts", filter=Q(alerts__state=AlertState.ACTIVE))
        return super().get_queryset(request).annotate(active_alerts=active)

    @admin.display(description="active alerts", ordering="active_alerts")
    def active_alerts(self, subscriber):
        return subscriber.active_alerts


@admin.register(AlertRun)
class AlertRunAdmin(LookedAtOnly):
    """Each run with what it came to: one without an end was cut short, and the next made up for it."""

    list_display = ["started_at", "finished_at", "announced", "alerts", "mails"]
    date_hierarchy = "started_at"
    fields = ["started_at", "finished_at", "announced", "alerts", "mails"]

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone

from training.actions import cancel_session, change_session, plan_session
from training.actions.sessions import refuse_clashes, refuse_fewer_places_than_held
from training.admin.acting import CallsActions, ReasonForm
from training.exceptions import BookingRefused, CapacityBelowBookings
from training.models import Course, Session
from training.queries import sessions_that_need_a_look
from training.states import BookingState


class SessionInline(admin.TabularInline):
    """The dates of a course; each is changed on its own page."""

    model = Session
    fields = readonly_fields = ["starts_at", "where", "capacity", "trainer", "state"]
    extra = 0
    show_change_link = True
    can_delete = False
    ordering = ["-starts_at"]

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("course", "trainer")


@admin.register(Course)
class CourseAdmin(admin.ModelAdmin):
    list_display = [
        "title",
        "topic",
        "format",
        "days",
        "counts_towards_five",
        "is_mandatory",
        "is_offered",
    ]
    list_filter = ["topic", "format", "counts_towards_five", "is_mandatory", "is_offered"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [SessionInline]


class SessionForm(forms.ModelForm):
    class Meta:
        model = Session
        fields = [
            "course",
            "starts_at",
            "ends_at",
            "half_days",
            "place_name",
            "latitude",
            "longitude",
            "online_link",
            "capacity",
            "trainer",
        ]

    def clean(self):
        given = super().clean()
        whole = {"starts_at", "ends_at", "capacity"} <= given.keys()
        if self.instance.pk and whole and given["ends_at"] > given["starts_at"]:
            wanted = Session(
                pk=self.instance.pk,
                starts_at=given["starts_at"],
                ends_at=given["ends_at"],
                capacity=given["capacity"],
            )
            try:
                refuse_fewer_places_than_held(wanted)
                refuse_clashes(wanted)
            except (BookingRefused, CapacityBelowBookings) as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return given


class NeedsALook(admin.SimpleListFilter):
    title = "needs a look"
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return [("people", "Few people, within a week"), ("attendance", "Attendance not marked")]

    def queryset(self, request, sessions):
        wanted = sessions_that_need_a_look(timezone.now()).get(self.value())
        return sessions if wanted is None else sessions.filter(pk__in=wanted.values("pk"))


@admin.register(Session)
class SessionAdmin(CallsActions, admin.ModelAdmin):
    form = SessionForm
    action_form = ReasonForm
    list_display = ["course", "starts_at", "where", "taken", "waiting", "trainer", "state"]
    list_filter = [NeedsALook, "state", "starts_at", "course__topic"]
    list_select_related = ["course", "trainer"]
    search_fields = ["course__title", "place_name"]
    date_hierarchy = "starts_at"
    raw_id_fields = ["trainer"]
    actions = ["cancel_selected"]

    def get_queryset(self, request):
        waiting = Count("bookings", filter=Q(bookings__state=BookingState.WAITING))
        return super().get_queryset(request).with_places().annotate(number_waiting=waiting)

    @admin.display(description="places taken", ordering="places_taken")
    def taken(self, session):
        return f"{session.places_taken} of {session.capacity}"

    @admin.display(description="waiting", ordering="number_waiting")
    def waiting(self, session):
        return session.number_waiting

    def save_model(self, request, session, form, change):
        given = form.cleaned_data
        if not change:
            session.pk = plan_session(by=request.user, **given).pk
        elif form.changed_data:
            changes = {name: given[name] for name in form.changed_data}
            change_session(session=session, by=request.user, **changes)

    @admin.action(
        description="Cancel the selected sessions and tell everybody", permissions=["change"]
    )
    def cancel_selected(self, request, sessions):
        reason = self.reason_given(request)
        if reason:
            self.for_each(
                request,
                sessions,
                lambda row: cancel_session(session=row, reason=reason, by=request.user),
                "cancelled; everybody booked or waiting is told",
            )

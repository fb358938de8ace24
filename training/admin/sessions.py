"""Sessions in the admin: planned, copied, moved and cancelled through the site's own actions."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from design_system.numbers import whole_number
from training.actions import change_session, plan_session
from training.admin import session_pages
from training.admin.acting import CallsActions
from training.admin.soonest import soonest_first
from training.forms.sessions import RoomForm, SessionForm
from training.models import Course, Room, Series, Session
from training.queries import sessions_that_need_a_look
from training.queries.deciding import sessions_to_decide, sessions_without_their_trainer
from training.queries.planning import bank_holiday_on, moved_to
from training.states import BookingState

# What a copy of a session takes over; the date is the officer's to choose.
COPIED = ["course", "half_days", "trainer", "room", "place_name", "latitude", "longitude",
          "online_link", "capacity", "minimum_people"]  # fmt: skip
# The date that a copy begins with: the same day of the week, so many weeks from now.
COPY_AHEAD = timedelta(weeks=6)


class NeedsALook(admin.SimpleListFilter):
    title = "needs a look"
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return [
            ("people", "Few people, within a week"),
            ("attendance", "Attendance not marked"),
            ("decision", "To be decided: too few people"),
            ("trainer", "The trainer has left"),
        ]

    def queryset(self, request, sessions):
        now = timezone.now()
        found = sessions_that_need_a_look(now) | {
            "decision": sessions_to_decide(now),
            "trainer": sessions_without_their_trainer(now),
        }
        wanted = found.get(self.value())
        return sessions if wanted is None else sessions.filter(pk__in=wanted.values("pk"))


@admin.register(Session)
class SessionAdmin(CallsActions, admin.ModelAdmin):
    form = SessionForm
    # The date is first, so that a narrow screen tells the dates of one course apart.
    list_display = ["starts_at", "course", "where", "taken", "waiting", "trainer", "state"]
    list_filter = [NeedsALook, "state", "starts_at", "course__topic"]
    list_select_related = ["course", "trainer"]
    search_fields = ["course__title", "place_name", "series__name"]
    date_hierarchy = "starts_at"
    raw_id_fields = ["trainer"]
    actions = ["cancel_selected"]
    change_list_template = "training/admin/session_list.html"
    change_form_template = "training/admin/session_change.html"

    def get_queryset(self, request):
        waiting = Count("bookings", filter=Q(bookings__state=BookingState.WAITING))
        return super().get_queryset(request).with_places().annotate(number_waiting=waiting)

    def get_ordering(self, request):
        return soonest_first("starts_at", timezone.now())

    def get_urls(self):
        view = self.admin_site.admin_view
        pages = [
            path("series/", view(session_pages.series_view), name="training_session_series"),
            path("cancel/", view(session_pages.cancel_view), name="training_session_cancel"),
            path(
                "<int:pk>/decide/",
                view(session_pages.decide_view),
                name="training_session_decide",
            ),
            path(
                "<int:pk>/book-list/",
                view(session_pages.book_list_view),
                name="training_session_book_list",
            ),
            path(
                "<int:pk>/attendance-list/",
                view(session_pages.attendance_list_view),
                name="training_session_attendance_list",
            ),
        ]
        return pages + super().get_urls()

    @admin.display(description="places taken", ordering="places_taken")
    def taken(self, session):
        return f"{session.places_taken} of {session.capacity}"

    @admin.display(description="waiting", ordering="number_waiting")
    def waiting(self, session):
        return session.number_waiting

    def get_changeform_initial_data(self, request):
        """Begin a new session as a copy of one (`copy`), or of the last one of a course (`again`)."""
        given = super().get_changeform_initial_data(request)
        copied, again = (whole_number(given.pop(name, "")) for name in ("copy", "again"))
        like = None
        if copied is not None:
            like = Session.objects.filter(pk=copied).first()
        elif again is not None:
            like = Session.objects.filter(course=again).order_by("-starts_at", "-pk").first()
            given["course"] = Course.objects.filter(pk=again).first()
        return given | (copy_of(like, timezone.localdate()) if like else {})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context, now, pk = {}, timezone.now(), whole_number(object_id)
        if pk is not None:  # Anything else is no session, and the admin says so.
            to_decide = sessions_to_decide(now).filter(pk=pk)
            ahead = Session.objects.upcoming(now).filter(pk=pk)
            context = {"is_to_decide": to_decide.exists(), "may_be_cancelled": ahead.exists()}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def save_model(self, request, session, form, change):
        given = form.cleaned_data
        if not change:
            session.pk = plan_session(by=request.user, **given).pk
            self._warn_of_holiday(request, session)
            return
        stored = Session.objects.get(pk=session.pk)
        changes = {name: value for name, value in given.items() if getattr(stored, name) != value}
        if changes:
            change_session(session=stored, by=request.user, **changes)
        if "starts_at" in changes:
            self._warn_of_holiday(request, session)

    def _warn_of_holiday(self, request, session):
        holiday = bank_holiday_on(session.starts_on)
        if holiday:
            words = f"{session.starts_on:%-d %B} is a bank holiday ({holiday})."
            self.message_user(request, words, messages.WARNING)

    @admin.action(
        description="Cancel the selected sessions: see who is told first", permissions=["change"]
    )
    def cancel_selected(self, request, sessions):
        keys = [("pk", key) for key in sessions.values_list("pk", flat=True)]
        too_many = session_pages.too_many_to_cancel(len(keys))
        if too_many:
            self.message_user(request, too_many, messages.WARNING)
            return None
        return redirect(f"{reverse('admin:training_session_cancel')}?{urlencode(keys)}")


def copy_of(session, today):
    """Return what the form of a new session begins with, as a copy of one, some weeks from today."""
    soonest = max(today, session.starts_on) if session.starts_on > today else today
    on = session.starts_on
    while on < soonest + COPY_AHEAD:
        on += timedelta(weeks=1)
    starts_at, ends_at = moved_to(session, on)
    copied = {name: getattr(session, name) for name in COPIED}
    if session.decide_on:
        copied["decide_on"] = on - (session.starts_on - session.decide_on)
    return copied | {"starts_at": starts_at, "ends_at": ends_at}


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):
    """Rooms that sessions are planned in. One that has been used stays."""

    form = RoomForm
    list_display = ["name", "places"]
    search_fields = ["name"]

    def has_delete_permission(self, request, obj=None):
        return (
            obj is not None and not obj.sessions.exists() and super().has_delete_permission(request)
        )


@admin.register(Series)
class SeriesAdmin(CallsActions, admin.ModelAdmin):
    """What was planned together, with its sessions. A series is planned on a page of its own."""

    list_display = ["name", "course"]
    list_select_related = ["course"]
    search_fields = ["name", "course__title"]
    change_form_template = "training/admin/series_change.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        pk = whole_number(object_id)
        rows = [] if pk is None else Session.objects.filter(series=pk)
        if rows:
            rows = rows.select_related("course", "trainer").with_places().order_by("starts_at")
        context = {"sessions": rows, "now": timezone.now()}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

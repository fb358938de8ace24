from django import forms
from django.contrib import admin
from django.utils import timezone

from design_system.numbers import whole_number
from training.actions import book_place, cancel_booking, mark_attendance
from training.admin.acting import AttendanceForm, CallsActions
from training.admin.soonest import soonest_first
from training.exceptions import MoreThanItCountsFor, WorksNotHere
from training.models import Booking
from training.rules import may_have_places


class BookingForm(forms.ModelForm):
    """Who is booked on what. The reason is asked for below safe cover, and kept."""

    cover_reason = forms.CharField(
        label="Reason to go below safe cover", required=False, max_length=500
    )

    class Meta:
        model = Booking
        fields = ["session", "person"]

    def clean_person(self):
        person = self.cleaned_data["person"]
        if not may_have_places(person):
            raise forms.ValidationError(str(WorksNotHere(person)))
        return person


@admin.register(Booking)
class BookingAdmin(CallsActions, admin.ModelAdmin):
    """Bookings as officers see them: made, cancelled and marked through the site's own actions."""

    form = BookingForm
    action_form = AttendanceForm
    list_display = ["person", "session", "state", "place_number", "half_days_attended", "made_at"]
    list_filter = ["state", "session__starts_at", "session__course__topic"]
    list_select_related = ["person", "session__course"]
    search_fields = ["person__full_name", "person__email", "session__course__title"]
    raw_id_fields = ["session", "person"]
    change_list_template = "training/admin/booking_list.html"
    actions = ["mark_attended", "mark_no_show", "cancel_selected"]

    def get_ordering(self, request):
        return soonest_first("session__starts_at", timezone.now())

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        return ["session", "person", "state", "place_number", "half_days_attended", "waiting_since"]

    def get_fields(self, request, obj=None):
        return self.get_readonly_fields(request, obj) or ["session", "person", "cover_reason"]

    def save_model(self, request, booking, form, change):
        if not change:
            made = book_place(
                session=booking.session,
                person=booking.person,
                by=request.user,
                cover_reason=form.cleaned_data["cover_reason"],
            )
            booking.pk = made.pk

    @admin.action(description="Mark as attended", permissions=["change"])
    def mark_attended(self, request, bookings):
        half_days = whole_number(request.POST.get("half_days", "").strip())
        self._mark(request, bookings, half_days)

    @admin.action(description="Mark as did not come", permissions=["change"])
    def mark_no_show(self, request, bookings):
        self._mark(request, bookings, 0)

    def _mark(self, request, bookings, half_days):
        def mark(booking):
            possible = booking.session.half_days
            if half_days is not None and half_days > possible:
                raise MoreThanItCountsFor(possible)
            given = possible if half_days is None else half_days
            mark_attendance(booking=booking, half_days=given, by=request.user)

        self.for_each(request, bookings, mark, "marked")

    @admin.action(description="Cancel the selected bookings", permissions=["change"])
    def cancel_selected(self, request, bookings):
        self.for_each(
            request,
            bookings,
            lambda row: cancel_booking(booking=row, by=request.user),
            "cancelled; each person is told",
        )

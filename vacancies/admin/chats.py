from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from vacancies.models import ChatBooking, ChatSlot


class ChatBookingInline(admin.StackedInline):
    """Who comes. What somebody cancelled stays until it is deleted by the timetable."""

    model = ChatBooking
    fields = ["name", "email", "phone", "question", "booked_at", "cancelled_at"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(ChatSlot)
class ChatSlotAdmin(admin.ModelAdmin):
    """Informal chats as HR sees them: when, with whom, and who comes. Changed on the page of the job."""

    list_display = ["when", "vacancy", "host", "who_comes"]
    list_select_related = ["vacancy", "host"]
    search_fields = ["vacancy__title", "vacancy__reference", "host__full_name"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at"]
    inlines = [ChatBookingInline]
    fields = ["when", "vacancy", "host", "taken_back_at", "change_it"]
    readonly_fields = fields
    view_on_site = False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("bookings")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="who comes")
    def who_comes(self, slot):
        names = [booking.name for booking in slot.bookings.all() if not booking.cancelled_at]
        return ", ".join(names) or "nobody yet"

    @admin.display(description="offer more, or take this back")
    def change_it(self, slot):
        url = reverse("vacancies:chat-manage", args=[slot.vacancy.reference])
        return format_html('<a href="{}">The chats about this job</a>', url)

from django.contrib import admin

from training.models import Course, Session


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

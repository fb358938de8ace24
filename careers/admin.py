from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from careers.actions import cancel_event, publish_story, save_event, save_story, withdraw_story
from careers.attention import NOTICE
from careers.exceptions import StoryNeedsConsent
from careers.models import Event, Figure, Story, StoryStep


class StoryStepInline(admin.TabularInline):
    model = StoryStep
    extra = 1


class ReviewFilter(admin.SimpleListFilter):
    title = "consent"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("due", "To be asked again")]

    def queryset(self, request, stories):
        if self.value() == "due":
            return stories.due_for_review(timezone.localdate() + NOTICE)
        return stories


@admin.register(Story)
class StoryAdmin(admin.ModelAdmin):
    """Stories as HR writes them. Publishing and withdrawing go through their actions."""

    inlines = [StoryStepInline]
    list_display = ["name", "headline", "role", "team", "route", "state", "review_on"]
    list_filter = ["state", "route", ReviewFilter]
    list_select_related = ["role", "team"]
    search_fields = ["name", "headline"]
    raw_id_fields = ["person"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["state", "published_at", "withdrawn_on"]
    actions = ["publish_selected", "withdraw_selected"]

    def has_delete_permission(self, request, obj=None):
        return False  # Stories are withdrawn: what was told, and when, stays known.

    def save_model(self, request, story, form, change):
        save_story(story=story, by=request.user)

    @admin.action(description="Publish the selected stories", permissions=["publish"])
    def publish_selected(self, request, stories):
        for story in stories:
            try:
                publish_story(story=story, by=request.user)
            except StoryNeedsConsent:
                words = f"{story.name} has not agreed yet, or is to be asked again first."
                self.message_user(request, words, messages.ERROR)
            except PermissionDenied:
                self.message_user(request, f"{story.name}: not a draft.", messages.WARNING)
            else:
                words = f"The story of {story.name} is published."
                self.message_user(request, words, messages.SUCCESS)

    def has_publish_permission(self, request):
        return request.user.has_perm("careers.publish_story")

    @admin.action(description="Withdraw the selected stories", permissions=["withdraw"])
    def withdraw_selected(self, request, stories):
        for story in stories:
            try:
                withdraw_story(story=story, by=request.user)
            except PermissionDenied:
                words = f"{story.name}: withdrawn already."
                self.message_user(request, words, messages.WARNING)
            else:
                words = f"The story of {story.name} is withdrawn."
                self.message_user(request, words, messages.SUCCESS)

    def has_withdraw_permission(self, request):
        return request.user.has_perm("careers.withdraw_story")


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "starts_at", "where", "cancelled_at"]
    list_filter = ["kind"]
    search_fields = ["title"]
    date_hierarchy = "starts_at"
    readonly_fields = ["cancelled_at"]
    actions = ["cancel_selected"]

    def has_delete_permission(self, request, obj=None):
        return False  # Events are called off; past ones are the archive.

    def save_model(self, request, event, form, change):
        save_event(event=event, by=request.user)

    @admin.action(description="Call the selected events off", permissions=["cancel"])
    def cancel_selected(self, request, events):
        called_off = 0
        for event in events.filter(cancelled_at__isnull=True):
            cancel_event(event=event, by=request.user)
            called_off += 1
        self.message_user(request, f"{called_off} called off.", messages.SUCCESS)

    def has_cancel_permission(self, request):
        return request.user.has_perm("careers.cancel_event")


@admin.register(Figure)
class FigureAdmin(admin.ModelAdmin):
    list_display = ["key", "number", "words", "source", "as_at"]
    search_fields = ["key", "words"]

    def has_delete_permission(self, request, obj=None):
        return False  # Pages ask for figures by their key.

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []

from enum import StrEnum

from django.db import models


class StoryState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


STORY_TRANSITIONS = {
    StoryState.DRAFT:     {StoryState.PUBLISHED, StoryState.WITHDRAWN},
    StoryState.PUBLISHED: {StoryState.WITHDRAWN},
    StoryState.WITHDRAWN: set(),
}  # fmt: skip


class StoryEvent(StrEnum):
    STORY_SAVED = "story_saved"
    STORY_PUBLISHED = "story_published"
    STORY_WITHDRAWN = "story_withdrawn"
    STORY_TO_BE_REVIEWED = "story_to_be_reviewed"


class EventEvent(StrEnum):
    EVENT_SAVED = "event_saved"
    EVENT_CANCELLED = "event_cancelled"

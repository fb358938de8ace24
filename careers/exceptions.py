class StoryNeedsConsent(Exception):
    """The person in the story has not agreed to it, or the day for asking them again has come."""

class RowRefused(Exception):
    """A row of a list cannot be imported as things stand now. Its text says why, in plain words."""


class PostHeld(Exception):
    """Somebody else who works here holds the post."""

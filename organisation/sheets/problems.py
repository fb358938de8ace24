class Unreadable(Exception):
    """A cell cannot be understood. Its text says what is wrong and what would do, in plain words."""


class UnfitFile(Exception):
    """A file cannot be taken. Its text says why, and what to do, in plain words."""

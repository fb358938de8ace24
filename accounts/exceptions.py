class UnfitFile(Exception):
    """The file cannot be taken. The words say why, for the person who chose it."""


class Held(Exception):
    """A legal hold keeps what was to be deleted."""


class HeldAlready(Exception):
    """There is a hold in force on the same thing."""


class PackIsBeingMade(Exception):
    """A pack of what is held about the person is under way."""

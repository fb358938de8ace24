class UnfitFile(Exception):
    """The file cannot be taken. The words say why, for the person who chose it."""

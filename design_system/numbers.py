"""Whole numbers out of what somebody typed, or what an address says."""

# As many figures as every key in the database can have.
MOST_FIGURES = 18


def whole_number(text):
    """Return the number that the text writes in the figures 0 to 9, or None where it writes none.

    What is longer than any number we store is none, and Python need not read a page of figures.
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES
    return int(text) if is_number else None

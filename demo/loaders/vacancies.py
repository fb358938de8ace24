def load(today):
    """Load nothing yet."""

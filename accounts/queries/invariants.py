from accounts.registries import invariants


def broken_invariants():
    """Yield a sentence for each thing that must never be true and is."""
    for find in invariants:
        yield from find()

from accounts.queries.holds import is_held, without_held
from accounts.queries.invariants import broken_invariants
from accounts.queries.keeping import Prospect, all_keepings, dry_run, due_and_not_held

__all__ = [
    "Prospect",
    "all_keepings",
    "broken_invariants",
    "dry_run",
    "due_and_not_held",
    "is_held",
    "without_held",
]

"""What HR sees of people, of what they did, and of data protection."""

from accounts.admin import holds, packs, people, retention

__all__ = ["holds", "packs", "people", "retention"]

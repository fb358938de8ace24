"""What somebody wrote about each line of the person specification: a section for each line."""

from django.conf import settings

from applications.sections.base import YOUR_EXAMPLES, Section
from vacancies.models import CriterionKind

PREFIX = "evidence-"
ASKED_FOR = "The job asks for this. Say what you did, with whom, and what came of it."
HELPS = (
    "This helps, but the job does not ask for it. If you have an example, say what you did, with whom, "
    "and what came of it."
)


class Evidence(Section):
    """Words about one criterion. What the job must have is asked for; what only helps may be left."""

    group = YOUR_EXAMPLES
    look_at = "Look whether this is still your best example, and whether it speaks to this job."

    def __init__(self, held, criterion):
        super().__init__(held)
        self.criterion = criterion
        self.name = f"{PREFIX}{criterion.pk}"
        self.task = self.title = criterion.text
        self.is_essential = criterion.kind == CriterionKind.ESSENTIAL
        self.optional = not self.is_essential
        self.intro = (
            ASKED_FOR if self.is_essential else HELPS,
            "Please do not name the children or families you have worked with.",
        )

    @classmethod
    def asked_of(cls, held):
        return [cls(held, criterion) for criterion in held.criteria]

    @classmethod
    def goes_by(cls, name):
        return name.startswith(PREFIX)

    @property
    def max_words(self):
        return self.criterion.max_words

    @property
    def max_characters(self):
        return self.max_words * settings.EVIDENCE_CHARACTERS_A_WORD

    @property
    def has_nothing_to_add(self):
        return self.is_begun and not self.criterion.words and not self.is_essential

    def saved(self):
        return {
            "evidence": self.criterion.words or "",
            "nothing_to_add": self.has_nothing_to_add,
        }

    def missing(self):
        if self.is_essential and not (self.criterion.words or "").strip():
            return ["your example"]
        return []

    def rows(self):
        blank = "Nothing to add" if self.has_nothing_to_add else ""
        return [(self.title, self.criterion.words or blank)]

    def part(self, *, change=False):
        """Return it as running text: it is too long for a row."""
        [(_, words)] = self.rows()
        return {
            "title": self.title,
            "words": words,
            "url": self.url(change=True) if change else "",
        }

from django import forms

from applications.forms.boxes import SectionForm, paragraphs
from design_system.layout import Question

REQUIRED = "Write your example: say what you did, with whom, and what came of it"
NOTHING_AND_WORDS = "Write your example, or say that you have nothing to add, not both"
WORDS_OR_NOTHING = "Write your example, or say that you have nothing to add"


class EvidenceForm(SectionForm):
    """Words about one criterion, as many as it allows. One that only helps may be left."""

    evidence = paragraphs("Your example", 1)  # how much it takes, each criterion says
    nothing_to_add = forms.BooleanField(label="I have nothing to add", required=False)

    def __init__(self, *args, section, **kwargs):
        super().__init__(*args, section=section, **kwargs)
        self.fields["evidence"] = paragraphs(
            "Your example",
            section.max_characters,
            required=REQUIRED if section.is_essential else "",
            rows=12,
            max_words=section.max_words,
        )
        if section.is_essential:
            del self.fields["nothing_to_add"]

    def questions(self):
        yield Question("evidence", label_size="m")
        if not self.section.is_essential:
            yield Question("nothing_to_add")

    def clean(self):
        cleaned = super().clean()
        if self.section.is_essential or "evidence" not in cleaned:
            return cleaned
        if cleaned["evidence"] and cleaned["nothing_to_add"]:
            self.add_error("evidence", NOTHING_AND_WORDS)
        elif not cleaned["evidence"] and not cleaned["nothing_to_add"]:
            self.add_error("evidence", WORDS_OR_NOTHING)
        return cleaned

    def answers(self):
        return {"nothing_to_add": False, **super().answers()}

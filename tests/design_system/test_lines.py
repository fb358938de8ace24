import pytest

from design_system.lines import LinesField, OneLineField, ParagraphsField, seen

FAMILY = "👩\u200d👩\u200d👧"
RAINBOW_FLAG = "🏳\ufe0f\u200d🌈"
PERSIAN = "علی\u200cرضا"
SINHALA = "ශ\u0dca\u200dරී"


@pytest.mark.parametrize("field", [OneLineField, LinesField, ParagraphsField])
@pytest.mark.parametrize("text", [FAMILY, RAINBOW_FLAG, "❤\ufe0f", PERSIAN, SINHALA, "👍🏽"])
def test_joiners_and_variants_that_letters_and_emoji_need_are_kept(field, text):
    assert field().clean(f"I am {text}, hello") == f"I am {text}, hello"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\u200dNia\u200c", "Nia"),
        ("Nia \u200d O’Hara", "Nia  O’Hara"),
        ("Nia\u200c\u200d\u200cO", "Nia\u200cO"),
        ("\u200d\u200c", ""),
        ("Nia\n\u200cO", "Nia\nO"),
        ("Nia\u200d\u200b", "Nia"),
        ("\u202eNia\u202c \u2067O\u2069", "Nia O"),
        ("\ufeffNi\u00ada\u200b\u2060", "Nia"),
        ("Ni\x07a", "Ni a"),
    ],
)
def test_what_joins_nothing_and_what_only_hides_or_turns_words_goes(text, kept):
    assert seen(text) == kept


@pytest.mark.parametrize("field", [OneLineField, LinesField])
def test_a_box_of_joiners_alone_is_empty(field):
    assert field(required=False).clean(" \u200d \u200c") == ""

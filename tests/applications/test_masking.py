"""What is hidden of a person in what they wrote, however it is spelt."""

import time

import pytest

from applications.masking import Mask

CHLOE = Mask(
    names=["Chloë O’Brien-Løvgren"],
    emails=["chloe.ob@example.org"],
    phones=["01632 960 471"],
    whole=["Ruth Dale"],
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I am Chloë.", "I am [hidden]."),
        ("CHLOE and chloe", "[hidden] and [hidden]"),
        ("Chloë’s plan, Chloe's plan", "[hidden]’s plan, [hidden]'s plan"),
        ("the Lovgrens", "the [hidden]"),
        ("O'Brien, OBRIEN, o brien", "[hidden], [hidden], [hidden]"),
        ("C\u200bhloe and Chloe\u0301", "[hidden] and [hidden]"),
        ("chloe1987 and @chloe_x", "[hidden]1987 and @[hidden]_x"),
        ("Chloe O'Brien-Lovgren wrote", "[hidden] wrote"),
        ("Write to chloe.ob@example.org!", "Write to [hidden]"),
        ("or to an.other@mail.example", "or to [hidden]"),
        ("Ring 01632960471", "Ring [hidden]"),
        ("Ring +44 (0)1632 960-471 now", "Ring [hidden] now"),
        ("Ring 0044 1632 960471.", "Ring [hidden]."),
        ("My manager Ruth Dale said", "My manager [hidden] said"),
        ("Ruth said; in the Dale", "Ruth said; in the Dale"),
        ("Chloezetta and brienish", "Chloezetta and brienish"),
        ("", ""),
    ],
)
def test_what_tells_who_it_is_is_hidden_and_nothing_else(text, shown):
    assert CHLOE(text) == shown


def test_a_name_of_two_letters_is_hidden_as_a_word_and_one_of_one_letter_is_not():
    mask = Mask(names=["Jo B"])

    assert mask("Jo, jo's, job, B and plan B") == "[hidden], [hidden]'s, job, B and plan B"


def test_a_name_in_a_script_without_spaces_is_hidden_inside_a_sentence():
    assert Mask(names=["李小龙"])("我叫李小龙今年") == "我叫[hidden]今年"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SW123456, sw 123456, SW-123456", "[hidden], [hidden], [hidden]"),
        ("My number is 123456.", "My number is [hidden]."),
        ("123 456 and SW 123 456", "[hidden] and [hidden]"),
        ("1234567 and 9123456", "1234567 and 9123456"),
        ("SO23 8UJ, so238uj, SO23  8uj", "[hidden], [hidden], [hidden]"),
        ("SO23 8UJX and SO23", "SO23 8UJX and SO23"),
    ],
)
def test_a_number_or_a_postcode_is_hidden_however_it_is_spaced(text, shown):
    assert Mask(codes=["SW123456", "SO23 8UJ", ""])(text) == shown


def test_a_short_number_is_hidden_only_with_its_letters():
    mask = Mask(codes=["SW12"])

    assert mask("SW12, sw 12 and 12 families") == "[hidden], [hidden] and 12 families"


@pytest.mark.parametrize("name", ["علی\u200cرضا", "علیرضا", "علی\u200dرضا"])
@pytest.mark.parametrize("typed", ["علی\u200cرضا", "علیرضا", "علی\u200dرضا"])
def test_a_name_is_hidden_with_or_without_joiners_between_its_letters(name, typed):
    assert Mask(names=[name])(f"من {typed} هستم") == "من [hidden] هستم"


def test_joiners_hide_no_name_and_no_number():
    text = "Ch\u200cl\u200do\u200ce of 01632\u200c960\u200d471, chloe.ob\u200d@example.org"

    assert CHLOE(text) == "[hidden] of [hidden], [hidden]"


def test_nothing_to_hide_hides_only_addresses():
    assert Mask(names=[""], phones=["123"])("Call 123 or a@b.org") == "Call 123 or [hidden]"


def test_a_long_text_without_a_space_is_gone_through_quickly():
    started = time.monotonic()

    CHLOE("x" * 200_000 + "@" * 1000)

    assert time.monotonic() - started < 5

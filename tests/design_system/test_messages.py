"""What forms say of a wrong answer when they have no words of their own."""

import pytest
from django import forms
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(), "", "Fill this in"),
        (forms.ChoiceField(choices=[("a", "A")]), "", "Choose one of the answers listed"),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Choose one of the answers listed"),
        (
            forms.MultipleChoiceField(choices=[("a", "A")]),
            ["b"],
            "Choose one or more of the answers listed",
        ),
        (forms.BooleanField(), False, "Tick this box"),
        (forms.FileField(), None, "Choose a file"),
        (forms.EmailField(), "kim", "Enter an e-mail address, like name@example.org"),
        (
            forms.CharField(),
            "a\x00b",
            "Remove the invisible characters that were copied along, or type it again",
        ),
        (
            forms.CharField(max_length=2000),
            "a" * 2001,
            "Use 2,000 characters or fewer (you have 2,001)",
        ),
        (
            forms.CharField(min_length=3),
            "ab",
            "Use 3 characters or more (you have 2)",
        ),
        (forms.IntegerField(min_value=0), "-1", "Enter 0 or more"),
        (forms.IntegerField(max_value=1000), "1001", "Enter 1,000 or less"),
        (forms.IntegerField(), "x", "Enter a whole number, like 5"),
        (forms.DateField(), "x", "Enter a real date"),
    ],
)
def test_djangos_own_sentences_are_replaced_everywhere(field, typed, words):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)

    assert refused.value.messages == [words]


def test_a_forms_own_words_come_first():
    field = forms.CharField(error_messages={"required": "Enter your name"})

    with pytest.raises(ValidationError) as refused:
        field.clean("")

    assert refused.value.messages == ["Enter your name"]

import datetime
import uuid

import pytest
from django import forms
from django.core.exceptions import ValidationError

from design_system.fields import DatePartsField, LongTextField, MonthField
from design_system.forms import CreatesOnceMixin


def error_of(field, value):
    with pytest.raises(ValidationError) as raised:
        field.clean(value)
    error = raised.value.error_list[0]
    return error.messages[0], (error.params or {}).get("parts")


@pytest.mark.parametrize(
    "typed",
    [
        ["27", "3", "2019"],
        ["27", "03", "2019"],
        [" 27 ", "mar", "2019"],
        ["27", "March", "2019"],
        ["27", "MARCH", "2019"],
        datetime.date(2019, 3, 27),
    ],
)
def test_a_date_is_understood_as_people_type_it(typed):
    assert DatePartsField().clean(typed) == datetime.date(2019, 3, 27)


@pytest.mark.parametrize(
    ("typed", "message", "parts"),
    [
        (["", "", ""], "Enter the start date", ["day", "month", "year"]),
        (["27", "", "2019"], "The start date must include a month", ["month"]),
        (["27", "", ""], "The start date must include a month and a year", ["month", "year"]),
        (["32", "3", "2019"], "The start date must have a day from 1 to 31", ["day"]),
        (["two", "3", "2019"], "The start date must have a day from 1 to 31", ["day"]),
        (["27", "13", "2019"], "The start date must have a month from 1 to 12", ["month"]),
        (["27", "0", "2019"], "The start date must have a month from 1 to 12", ["month"]),
        (["27", "3", "19"], "The start date must have a year of 4 numbers, like 2026", ["year"]),
        (["31", "2", "2019"], "The start date must be a real date", ["day"]),
        (["29", "2", "2023"], "The start date must be a real date", ["day"]),
        (["٣", "3", "2019"], "The start date must have a day from 1 to 31", ["day"]),
        (["9" * 5000, "3", "2019"], "The start date must have a day from 1 to 31", ["day"]),
        (["27", "9" * 5000, "2019"], "The start date must have a month from 1 to 12", ["month"]),
        (
            ["27", "3", "9" * 5000],
            "The start date must have a year of 4 numbers, like 2026",
            ["year"],
        ),
    ],
)
def test_a_wrong_date_says_which_part_to_mend(typed, message, parts):
    assert error_of(DatePartsField(thing="The start date"), typed) == (message, parts)


def test_an_optional_date_may_be_left_empty():
    assert DatePartsField(required=False).clean(["", "", ""]) is None


def test_the_earliest_and_latest_day_are_both_allowed():
    first, last = datetime.date(2026, 9, 1), datetime.date(2026, 9, 30)
    field = DatePartsField(thing="The day", earliest=lambda: first, latest=last)

    assert field.clean(["1", "9", "2026"]) == first
    assert field.clean(["30", "9", "2026"]) == last
    assert error_of(field, ["31", "8", "2026"])[0] == "The day must be on or after 1 September 2026"
    assert (
        error_of(field, ["1", "10", "2026"])[0] == "The day must be on or before 30 September 2026"
    )


def test_a_date_knows_whether_it_was_changed():
    field = DatePartsField()
    day = datetime.date(2026, 9, 1)

    assert field.has_changed(day, ["1", "9", "2026"]) is False
    assert field.has_changed(day, ["2", "9", "2026"]) is True
    assert field.has_changed(day, ["40", "9", "2026"]) is True


@pytest.mark.parametrize(
    "typed",
    [
        ["3", "2019"],
        ["03", "2019"],
        [" mar ", "2019"],
        ["March", " 2019 "],
        ["MARCH", "2019"],
        datetime.date(2019, 3, 1),
    ],
)
def test_a_month_is_understood_as_people_type_it_and_kept_as_its_first_day(typed):
    assert MonthField().clean(typed) == datetime.date(2019, 3, 1)


@pytest.mark.parametrize(
    ("typed", "message", "parts"),
    [
        (["", ""], "Enter the month you left", ["month", "year"]),
        (["", "2019"], "The month you left must include a month", ["month"]),
        (["3", ""], "The month you left must include a year", ["year"]),
        (["13", "2019"], "The month you left must have a month from 1 to 12", ["month"]),
        (["Easter", "2019"], "The month you left must have a month from 1 to 12", ["month"]),
        (["3", "19"], "The month you left must have a year of 4 numbers, like 2026", ["year"]),
        (["3", "20199"], "The month you left must have a year of 4 numbers, like 2026", ["year"]),
        (["3", "1066"], "The month you left must be January 1950 or later", ["month", "year"]),
        (["3", "2999"], "The month you left must be November 2026 or earlier", ["month", "year"]),
        (["٣", "2019"], "The month you left must have a month from 1 to 12", ["month"]),
    ],
)
def test_a_wrong_month_says_which_part_to_mend(typed, message, parts):
    field = MonthField(
        thing="The month you left",
        earliest=datetime.date(1950, 1, 1),
        latest=datetime.date(2026, 11, 22),
    )

    assert error_of(field, typed) == (message, parts)


def test_the_months_of_the_limits_are_both_allowed_whichever_day_is_given():
    field = MonthField(
        earliest=lambda: datetime.date(2026, 3, 20), latest=datetime.date(2026, 9, 2)
    )

    assert field.clean(["3", "2026"]) == datetime.date(2026, 3, 1)
    assert field.clean(["9", "2026"]) == datetime.date(2026, 9, 1)
    assert error_of(field, ["2", "2026"])[0] == "The date must be March 2026 or later"
    assert error_of(field, ["10", "2026"])[0] == "The date must be September 2026 or earlier"


def test_an_optional_month_may_be_left_empty_and_knows_whether_it_was_changed():
    field = MonthField(required=False)

    assert field.clean(["", ""]) is None
    assert field.has_changed(datetime.date(2026, 9, 1), ["Sept", "2026"]) is False
    assert field.has_changed(datetime.date(2026, 9, 1), ["10", "2026"]) is True


def test_a_line_break_counts_as_one_character():
    field = LongTextField(max_length=5)

    assert field.clean("ab\r\ncd") == "ab\ncd"


def test_too_many_words_are_counted_for_the_writer():
    field = LongTextField(max_words=3)

    assert field.clean("one two\nthree") == "one two\nthree"
    assert error_of(field, "one two three four")[0] == "Use 3 words or fewer. You have used 4."


class EnquiryForm(CreatesOnceMixin, forms.Form):
    name = forms.CharField()


def key_of(data):
    form = EnquiryForm({"name": "Ada", **data})
    assert form.is_valid()
    return form.cleaned_data["one_time_key"]


def test_each_form_shown_has_a_key_of_its_own():
    assert EnquiryForm()["one_time_key"].value() != EnquiryForm()["one_time_key"].value()


def test_a_key_sent_comes_back_unchanged():
    key = EnquiryForm()["one_time_key"].value()

    assert key_of({"one_time_key": str(key)}) == uuid.UUID(key)


@pytest.mark.parametrize("spoiled", [{}, {"one_time_key": ""}, {"one_time_key": "not a key"}])
def test_a_missing_or_spoiled_key_becomes_a_fresh_one(spoiled):
    assert key_of(spoiled) != key_of(spoiled)

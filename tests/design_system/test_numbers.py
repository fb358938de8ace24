import pytest

from design_system.numbers import whole_number

PAGE_OF_FIGURES = "9" * 5_000


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("2026", 2026), ("9" * 18, 10**18 - 1)],
)
def test_a_whole_number_is_read(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "²", "٣", "9" * 19, PAGE_OF_FIGURES])
def test_anything_else_is_no_number(text):
    assert whole_number(text) is None

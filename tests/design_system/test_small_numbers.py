"""Small numbers are hidden, and no subtraction gives one back."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from design_system.small_numbers import hide_small_numbers


def shown(rows, smallest=5):
    hidden = hide_small_numbers(rows, smallest)
    return [[None if cell.is_hidden else cell.number for cell in row] for row in hidden]


def test_large_numbers_and_nothing_are_shown():
    assert shown([[0, 7, 5], [9, 0, 12]]) == [[0, 7, 5], [9, 0, 12]]


def test_a_small_number_takes_others_with_it():
    rows = [[2, 7, 20], [9, 8, 30], [11, 12, 40]]

    assert shown(rows) == [[None, None, 20], [None, None, 30], [11, 12, 40]]


def test_a_single_row_is_hidden_whole_rather_than_told():
    assert shown([[1, 9]]) == [[None, None]]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_hidden_number_follows_from_the_totals(rows):
    """The totals are equations in what is hidden. They must not fix any of it."""
    cells = shown(rows)
    places = list(product(range(len(rows)), range(3)))
    unknown = [(row, column) for row, column in places if cells[row][column] is None]
    totals = [[int(cell[side] == line) for cell in unknown] for side in (0, 1) for line in range(4)]

    for number in range(len(unknown)):
        alone = [int(other == number) for other in range(len(unknown))]
        assert rank([*totals, alone]) > rank(totals)
    assert all(
        cells[row][column] is None or not 0 < rows[row][column] < 5 for row, column in places
    )


def rank(matrix):
    """How many of the equations are independent of each other."""
    rows, found = [[Fraction(number) for number in row] for row in matrix], 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((n for n in range(found, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for n in range(found + 1, len(rows)):
            factor = rows[n][column] / rows[found][column]
            rows[n] = [a - factor * b for a, b in zip(rows[n], rows[found], strict=True)]
        found += 1
    return found

"""Nothing that the equality report hides can be worked out from what it shows."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from applications.reports.hiding import (
    columns_of_total,
    put_small_groups_together,
    shown_columns,
)

SMALLEST = 5


def test_large_numbers_are_shown_to_the_end():
    assert shown_columns([[40, 20, 10, 5], [60, 30, 15, 7]], SMALLEST) == [4, 4]


def test_a_small_number_hides_the_rest_of_its_row_and_a_partner():
    assert shown_columns([[40, 20, 10], [30, 12, 6], [20, 10, 2]], SMALLEST) == [3, 2, 2]


def test_how_few_fell_out_is_hidden_too():
    assert shown_columns([[40, 37], [30, 20], [20, 10]], SMALLEST) == [1, 2, 1]


def test_a_partner_that_had_nobody_left_does_not_count():
    """The second row is at nothing already, so only the third can stand beside the first."""
    assert shown_columns([[40, 20, 2], [30, 0, 0], [90, 60, 30]], SMALLEST) == [2, 3, 2]


def test_without_a_partner_the_column_before_is_hidden_as_well():
    assert shown_columns([[40, 20, 2], [30, 0, 0], [25, 0, 0]], SMALLEST) == [1, 1, 2]


def test_what_two_rows_hide_must_come_to_enough_people():
    """37 in all, less 24 and 11, would leave 2 for the two that are hidden: a third goes with them."""
    rows = [[90, 24], [40, 11], [30, 1], [20, 1]]

    assert shown_columns(rows, SMALLEST) == [2, 1, 1, 1]


def test_what_fell_out_of_hidden_rows_must_come_to_enough_people_too():
    rows = [[90, 24], [40, 20], [30, 29], [20, 18]]

    assert shown_columns(rows, SMALLEST) == [2, 1, 1, 1]


def test_what_is_hidden_may_come_to_nobody():
    assert shown_columns([[90, 40, 30], [12, 0, 0], [8, 0, 0]], SMALLEST) == [3, 3, 3]


def test_a_total_of_few_people_is_hidden_and_with_it_its_column():
    rows = [[90, 24, 1], [40, 11, 0], [30, 15, 2]]

    assert columns_of_total(rows, SMALLEST) == 2
    assert shown_columns(rows, SMALLEST) == [2, 2, 2]


def test_one_row_is_the_total_itself():
    assert shown_columns([[70, 20, 10]], SMALLEST) == [3]
    assert shown_columns([[7, 2, 1]], SMALLEST) == [1]


def together(**sizes):
    rows = [(name, [size, 0]) for name, size in sizes.items()]
    found = put_small_groups_together(rows, SMALLEST)
    return [(groups, numbers[0]) for groups, numbers in found]


def test_groups_of_few_are_put_together_and_those_of_nobody_left_out():
    assert together(a=20, b=3, c=0, d=4, e=9) == [(["a"], 20), (["e"], 9), (["b", "d"], 7)]


def test_a_single_small_group_takes_the_next_larger_with_it():
    assert together(a=20, b=2, c=8) == [(["a"], 20), (["b", "c"], 10)]


def test_few_people_in_all_are_one_row():
    assert together(a=2, b=1) == [(["b", "a"], 3)]
    assert together(a=0, b=0) == []


def falling(first):
    """Numbers of one group, each at most the one before."""
    return st.integers(0, first).flatmap(
        lambda second: st.integers(0, second).map(lambda third: [first, second, third])
    )


GROUPS = st.lists(st.integers(0, 11).flatmap(falling), min_size=1, max_size=5)


@settings(max_examples=200, deadline=None)
@given(GROUPS)
def test_no_number_below_the_smallest_follows_from_what_is_shown(groups):
    """Neither of a row nor of several rows together, at each stage and from one stage to the next."""
    rows = [numbers for _, numbers in put_small_groups_together(list(enumerate(groups)), SMALLEST)]
    if not rows or sum(numbers[0] for numbers in rows) < SMALLEST:
        return  # The report of so few people shows nothing.
    shown = shown_columns(rows, SMALLEST)

    for several, possible in what_each_may_be(rows, shown, columns_of_total(rows, SMALLEST)):
        for column in range(1, 3):
            stayed = {numbers[column] for numbers in possible}
            fell_out = {numbers[column - 1] - numbers[column] for numbers in possible}
            assert not told_few(stayed), (rows, shown, several, column)
            assert not told_few(fell_out), (rows, shown, several, column)


def told_few(values):
    """Say whether there is one thing only that a number can be, and that is few people."""
    return len(values) == 1 and 0 < values.copy().pop() < SMALLEST


def what_each_may_be(rows, shown, columns_known):
    """Yield some rows, and all that they may come to together: what fits what is shown and the totals.

    The totals are known of so many columns as `columns_known`.
    """
    totals = [sum(column) for column in zip(*rows, strict=True)]
    fits = [all_that_fit(numbers, columns) for numbers, columns in zip(rows, shown, strict=True)]
    every = range(len(rows))
    come_to = {
        several: sums(fits[row] for row in several)
        for number in range(len(rows) + 1)
        for several in combinations(every, number)
    }
    for several in come_to:
        others = {
            numbers[:columns_known]
            for numbers in come_to[tuple(row for row in every if row not in several)]
        }
        yield (
            several,
            [
                numbers
                for numbers in come_to[several]
                if tuple(
                    total - number
                    for total, number in zip(totals[:columns_known], numbers, strict=False)
                )
                in others
            ],
        )


def all_that_fit(numbers, columns):
    candidates = product(*(range(numbers[0] + 1) for _ in numbers[1:]))
    return [
        [numbers[0], *rest]
        for rest in candidates
        if list(rest) == sorted(rest, reverse=True)
        and [numbers[0], *rest][:columns] == numbers[:columns]
    ]


def sums(of_rows):
    found = {(0, 0, 0)}
    for fitting in of_rows:
        found = {
            tuple(a + b for a, b in zip(one, other, strict=True))
            for one, other in product(found, fitting)
        }
    return found


def test_the_search_above_finds_what_is_told_when_nothing_is_hidden_but_the_small():
    """A guard for the test: with the partner shown, the small number follows from the total."""
    rows = [[40 - 33, 6, 2], [9, 9, 8]]

    possible = dict(what_each_may_be(rows, [2, 3], 3))

    assert {numbers[2] for numbers in possible[(0,)]} == {2}

"""Tables of counts in which nobody can be told: small numbers are hidden, and what would give them away."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    """A cell: how many, and whether that is hidden."""

    number: int
    is_hidden: bool = False


def hide_small_numbers(rows, smallest):
    """Return the rows of Counts for `rows` of numbers, whose row and column totals are known to all.

    Hidden is every number from 1 to one below `smallest`; and, so that no subtraction from totals
    gives one back, further numbers until each row and column with something hidden has two or more
    hidden that come to `smallest` or more together (or to all there is), and no chain of rows and
    columns leads to a single number.
    """
    hidden = {
        (row, column)
        for row, numbers in enumerate(rows)
        for column, number in enumerate(numbers)
        if 0 < number < smallest
    }
    while True:
        more = _weak_line(rows, hidden, smallest) or _told_by_a_chain(rows, hidden)
        if more is None:
            break
        hidden.add(more)
    return [
        [Count(number, (row, column) in hidden) for column, number in enumerate(numbers)]
        for row, numbers in enumerate(rows)
    ]


def _lines(rows):
    width = len(rows[0]) if rows else 0
    across = [[(row, column) for column in range(width)] for row in range(len(rows))]
    down = [[(row, column) for row in range(len(rows))] for column in range(width)]
    return across + down


def _weak_line(rows, hidden, smallest):
    """Return one more cell to hide in a row or column whose hidden ones are too few, or None."""
    for line in _lines(rows):
        inside = [cell for cell in line if cell in hidden]
        enough = min(smallest, sum(_number(rows, cell) for cell in line))
        too_few = len(inside) < 2 or sum(_number(rows, cell) for cell in inside) < enough
        if inside and too_few and len(inside) < len(line):
            return _next_to_hide(rows, hidden, line)
    return None


def _told_by_a_chain(rows, hidden):
    """Return one more cell to hide because a hidden one follows from the others, or None.

    Rows and columns are the ends of each hidden cell. A cell follows from totals exactly when, without
    it, nothing hidden leads from its row to its column.
    """
    for cell in sorted(hidden):
        if _leads(hidden - {cell}, cell):
            continue
        for line in [c for c in _lines(rows) if cell in c]:
            if any(other not in hidden for other in line):
                return _next_to_hide(rows, hidden, line)
    return None


def _leads(hidden, cell):
    row, column = cell
    reached, todo = {("row", row)}, [("row", row)]
    while todo:
        kind, number = todo.pop()
        for other in hidden:
            ends = [("row", other[0]), ("column", other[1])]
            if (kind, number) in ends:
                new = [end for end in ends if end not in reached]
                reached.update(new)
                todo.extend(new)
    return ("column", column) in reached


def _next_to_hide(rows, hidden, line):
    """The smallest number of the line that is not hidden; nothing at all only when there is no other."""
    shown = [cell for cell in line if cell not in hidden]
    return min(shown, key=lambda cell: (_number(rows, cell) == 0, _number(rows, cell), cell))


def _number(rows, cell):
    return rows[cell[0]][cell[1]]

"""Which numbers of a table of groups and stages can be shown, so that nobody is told by subtraction.

A row is a group of people: how many applied, how many of those came to the next stage, and so on, each
number at most the one before. The total of every column that is not too small itself is taken to be known
to all. Nothing from 1 to one below `smallest` may follow from what is shown: not how many of a group, or
of several together, came to a stage, nor how many of them did not.
"""


def put_small_groups_together(rows, smallest):
    """Return (groups, numbers) pairs: groups too small to show become one with others.

    `rows` are (group, numbers) pairs, `numbers` beginning with how many there are. Groups of nobody are
    left out, so that what stands in a row of several cannot be told by what stands elsewhere. Whoever is
    in the row of several is `smallest` people or more, unless there is nobody else.
    """
    peopled = sorted((row for row in rows if row[1][0]), key=lambda row: row[1][0])
    several = [row for row in peopled if row[1][0] < smallest]
    alone = peopled[len(several) :]
    while several and alone and _people(several) < smallest:
        several.append(alone.pop(0))
    order = [group for group, _ in rows]
    alone.sort(key=lambda row: order.index(row[0]))
    result = [([group], numbers) for group, numbers in alone]
    if several:
        together = [sum(column) for column in zip(*(row[1] for row in several), strict=True)]
        result.append(([group for group, _ in several], together))
    return result


def shown_columns(rows, smallest):
    """Return for each row of numbers how many of its columns can be shown, counted from the first.

    A row is shown up to where a number, or how many fell out since the column before, is too small, and
    no further than the total is. In each column two rows or more that may differ stay hidden, or none:
    else the total would tell. What they hide comes to `smallest` or more together, or to nobody at all:
    else the total would tell of a few people that they are among them. What a row hides it hides to its
    end, so that no later column gives an earlier one away.
    """
    of_total = columns_of_total(rows, smallest)
    shown = [min(of_total, safe_columns(numbers, smallest)) for numbers in rows]
    if len(rows) < 2:
        return shown
    while step := _told_by_the_total(rows, shown) or _too_few_together(rows, shown, smallest):
        row, columns = step
        shown[row] = columns
    return shown


def columns_of_total(rows, smallest):
    """Return how many columns can be shown of what all rows come to."""
    return safe_columns([sum(column) for column in zip(*rows, strict=True)], smallest)


def safe_columns(numbers, smallest):
    """Return how many of these numbers can be shown, as far as they tell by themselves."""
    for column in range(1, len(numbers)):
        if _is_few(numbers, column, smallest):
            return column
    return len(numbers)


def _is_few(numbers, column, smallest):
    stayed, fell_out = numbers[column], numbers[column - 1] - numbers[column]
    return 0 < stayed < smallest or 0 < fell_out < smallest


def _people(rows):
    return sum(numbers[0] for _, numbers in rows)


def _told_by_the_total(rows, shown):
    """Return (row, columns it may show) for one more thing to hide, or None when nothing is told."""
    for column in range(1, len(rows[0])):
        new = [
            row for row, numbers in enumerate(rows) if shown[row] == column and numbers[column - 1]
        ]
        # Those that hide more already are two or more, and any of them may have lost whom this one kept.
        hides_more = any(columns < column for columns in shown)
        if len(new) != 1 or hides_more:
            continue
        partners = [
            row for row, numbers in enumerate(rows) if shown[row] > column and numbers[column - 1]
        ]
        if partners:
            best = min(partners, key=lambda row: (rows[row][column] == 0, rows[row][column], row))
            return best, column
        if column > 1:
            return new[0], column - 1
    return None


def _too_few_together(rows, shown, smallest):
    """Return (row, columns it may show) where what a column hides comes to too few, or None."""
    for column in range(1, len(rows[0])):
        hidden = [
            numbers for numbers, columns in zip(rows, shown, strict=True) if columns <= column
        ]
        together = [sum(numbers) for numbers in zip(*hidden, strict=True)]
        others = [row for row, columns in enumerate(shown) if columns > column]
        if together and others and _is_few(together, column, smallest):
            return min(
                others, key=lambda row: (rows[row][column] == 0, rows[row][column], row)
            ), column
    return None

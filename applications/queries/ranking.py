def ranked(rows):
    """Put the rows of a table in order of their totals; who has the same total has the same rank."""
    rows.sort(key=lambda row: (-row.total, row.code))
    for place, row in enumerate(rows, start=1):
        before = rows[place - 2] if place > 1 else None
        row.rank = before.rank if before and before.total == row.total else place
    return rows

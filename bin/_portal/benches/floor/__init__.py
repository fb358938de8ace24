"""The floor of bin/bench search: the least that Django needs for a list of 20 rows out of Postgres."""

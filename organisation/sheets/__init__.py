"""Spreadsheets that people send, for every app that reads one.

`files` looks inside an upload, `reading` turns it into rows of text by the columns of whoever asks,
and `dates` and `cells` read what is in a cell.
"""

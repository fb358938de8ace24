"""Adverts as rows of a spreadsheet: reading files that people send, and writing ours.

`files` looks inside an upload, `reading` turns it into rows of text, `columns` says what each column
holds, `adverts` makes a row an advert, and `writing` writes adverts as rows again.
"""

"""Adverts as rows of a spreadsheet: reading files that people send, and writing ours.

`organisation.sheets` looks inside an upload and turns it into rows of text; here `columns` says what
each column holds, `adverts` makes a row an advert, and `writing` writes adverts as rows again.
"""

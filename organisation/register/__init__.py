"""What the rows of a list of staff or of absence ask for, judged against the register as it stands.

`columns` names the columns, `cells` reads them, `staff` and `absence` judge whole lists, and `tree`
keeps the managers' tree free of circles, also through several rows of one list.
"""

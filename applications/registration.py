import re

REGISTRATION_NUMBER = re.compile(r"SW[1-9][0-9]{0,5}")


def tidy_registration_number(text):
    """Return a Social Work England number in its one form, such as SW12345, or None.

    Spaces, small letters, a missing SW and the leading zeros of the former regulator's numbers are
    put right: the regulator's own questions and answers say the zeros were dropped. That a number
    has the right form does not prove that anybody is registered.
    """
    compact = re.sub(r"[^0-9A-Z]", "", text.upper())
    digits = compact.removeprefix("SW").lstrip("0")
    number = f"SW{digits}"
    return number if REGISTRATION_NUMBER.fullmatch(number) else None

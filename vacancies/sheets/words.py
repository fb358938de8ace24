"""What people write for a choice: contracts, working patterns, yes and no, hours, numbers."""

import re
from decimal import Decimal, InvalidOperation

from organisation.sheets.cells import shortened
from organisation.sheets.problems import Unreadable
from vacancies.models import Contract, Driving, Pattern

YES = {"yes", "y", "true", "1", "x", "✓", "✔"}
NO = {"no", "n", "false", "0", "-", "none"}

CONTRACTS = [
    (Contract.SECONDMENT, re.compile(r"second")),
    (Contract.FIXED_TERM, re.compile(r"fixed|ftc|temp|cover|\bterm\b|\d+\s*months?")),
    (Contract.PERMANENT, re.compile(r"perm")),
]
MONTHS = re.compile(r"(\d{1,3})\s*-?\s*(?:months?|mths?)\b")
YEARS = re.compile(r"(\d|one|two|three)\s*-?\s*(?:years?|yrs?)\b")
NUMBER_WORDS = {"one": 1, "two": 2, "three": 3}

PATTERNS = [
    (Pattern.NINE_DAY_FORTNIGHT, re.compile(r"(?:nine|9)[\s-]*day|fortnight")),
    (Pattern.TERM_TIME, re.compile(r"term[\s-]*time|\btto\b")),
    (Pattern.JOB_SHARE, re.compile(r"job[\s-]*shar")),
    (Pattern.PART_TIME, re.compile(r"\bpart\b|part[\s-]*time|\bp/?t\b")),
    (Pattern.FULL_TIME, re.compile(r"\bfull\b|full[\s-]*time|\bf/?t\b")),
    (Pattern.HYBRID, re.compile(r"hybrid|home|remote|agile")),
]
BETWEEN_PATTERNS = re.compile(r"[,;&\n|]|\band\b|\bor\b|/(?!t\b)")


def parse_yes_no(text):
    word = text.strip().lower()
    if word in YES or word in NO:
        return word in YES
    raise Unreadable(f"We could not read “{shortened(text)}”. Write yes or no.")


def parse_contract(text):
    """Return (contract, months or None) from words such as "Fixed term (12 months)"."""
    words = text.lower()
    contract = next((kind for kind, pattern in CONTRACTS if pattern.search(words)), None)
    if contract is None:
        raise Unreadable(
            f"We do not know the contract “{shortened(text)}”. "
            "Write permanent, fixed term or secondment."
        )
    return contract, None if contract == Contract.PERMANENT else _months(words)


def _months(words):
    months, years = MONTHS.search(words), YEARS.search(words)
    if months:
        return int(months[1])
    if years:
        number = years[1]
        return 12 * (NUMBER_WORDS.get(number) or int(number))
    return None


def parse_patterns(text):
    """Return the working patterns that the words name, in the order of the portal."""
    found = set()
    for part in filter(None, (part.strip() for part in BETWEEN_PATTERNS.split(text.lower()))):
        kinds = {kind for kind, pattern in PATTERNS if pattern.search(part)}
        if not kinds:
            labels = ", ".join(label.lower() for label in Pattern.labels)
            raise Unreadable(
                f"We do not know the working pattern “{shortened(part)}”. Write one or more of: {labels}."
            )
        found |= kinds
    if not found:
        raise Unreadable("Name at least one working pattern, such as full time.")
    return [kind for kind in Pattern if kind in found]


def parse_decimal(text, lowest, highest):
    try:
        number = Decimal(text.strip())
    except InvalidOperation as error:
        raise Unreadable(f"“{shortened(text)}” is not a number.") from error
    if not number.is_finite() or not lowest <= number <= highest:
        raise Unreadable(f"Write a number from {lowest} to {highest}.")
    return number


def parse_driving(text):
    words = text.strip().lower()
    if re.search(r"\bnot\b|\bno\b|desirable", words) or words in NO:
        return Driving.NOT_NEEDED
    if "essential" in words or "required" in words or words in YES:
        return Driving.ESSENTIAL
    raise Unreadable(f"We could not read “{shortened(text)}”. Write essential or not needed.")


def parse_choice(text, choices):
    """Return the choice whose label or value the words are, whatever their case."""
    word = " ".join(text.lower().split())
    for value, label in choices.choices:
        if word in (label.lower(), value, value.replace("_", " ")):
            return choices(value)
    labels = "; ".join(choices.labels)
    raise Unreadable(f"We do not know “{shortened(text)}”. Write one of: {labels}.")

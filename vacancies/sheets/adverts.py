"""One row of a sheet, made the fields of an advert. Everything wrong with it is found at once."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from organisation.models import Grade
from vacancies.models import Contract, DBSLevel, Pattern, Vacancy, Visibility
from vacancies.sheets import words
from vacancies.sheets.columns import BY_KEY
from vacancies.sheets.dates import parse_date
from vacancies.sheets.problems import Unreadable
from vacancies.sheets.salaries import Salary, parse_salary
from vacancies.sheets.texts import decoded, markdown, plain_line

LONGEST_TEXT = 20_000
LONGEST_CRITERION = 300
SUMMARY_LENGTH = 300

# Cells that are understood together: a change of one means that all of them are read again.
GROUPS = {
    "pay": ["grade", "salary", "salary_from", "salary_to"],
    "contract": ["contract", "contract_months"],
    "place": ["place_name", "postcode", "latitude", "longitude", "district"],
    "dates": ["opens_on", "closes_on", "interview_on", "rolling"],
    "visibility": ["visibility", "public_from"],
    "hours": ["patterns", "weekly_hours", "paid_weeks"],
}
GROUP_OF = {key: name for name, keys in GROUPS.items() for key in keys}
# When one of the first changes and one of the second does not, the second is out of date.
FOLLOWS = [
    ({"place_name", "postcode"}, {"latitude", "longitude", "district"}),
    ({"place_name"}, {"postcode"}),
    ({"salary"}, {"salary_from", "salary_to"}),
    ({"contract"}, {"contract_months"}),
]


@dataclass
class Problem:
    """What is wrong with a cell, or (not `is_error`) what was done with it that HR should know."""

    column: str
    text: str
    is_error: bool = True

    def as_json(self):
        return {"column": self.column, "text": self.text, "is_error": self.is_error}


@dataclass
class Advert:
    """What a row asks for: fields of Vacancy, criteria by kind, and the problems that were found."""

    fields: dict = field(default_factory=dict)
    criteria: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)

    @property
    def is_bad(self):
        return any(problem.is_error for problem in self.problems)


def external_reference_of(cells):
    """Return what tells the row from others of its source: its number there, or what it says.

    A row without a number is known by its title, role, team, place and closing date.
    """
    ours = cells.get("reference", "")
    number = cells.get("external_reference") or ("" if is_our_reference(ours) else ours)
    if number:
        return number
    told = [cells.get(key, "") for key in ("title", "role", "team", "place_name", "closes_on")]
    return "row " + hashlib.sha256("\n".join(told).lower().encode()).hexdigest()[:24]


def is_our_reference(text):
    return re.fullmatch(r"HCC-\d{1,9}", text.strip().upper()) is not None


def read_new(cells, lookups):
    """Return the Advert that a row describes which nobody has imported before."""
    return _Reading(cells, lookups, existing=None).all()


def read_changes(cells, shown, existing, lookups):
    """Return the Advert with what a row changes of the vacancy `existing`.

    `shown` is what an export writes of it: a cell that says the same, or nothing, changes nothing.
    """
    changed = {
        key
        for key, text in cells.items()
        if text and not BY_KEY[key].only_told and not _same(text, shown.get(key, ""))
    }
    changed -= {"reference", "external_reference"}
    whole = {**shown, **{key: cells[key] for key in changed}}
    for leading, following in FOLLOWS:
        if leading & changed:
            whole |= dict.fromkeys(following - changed, "")
    return _Reading(whole, lookups, existing).only(changed)


def _same(text, shown):
    return decoded(text).strip() == decoded(shown).strip()


class _Reading:
    """Reads the cells of one row, and keeps what is wrong with them."""

    def __init__(self, cells, lookups, existing):
        self.cells = cells
        self.lookups = lookups
        self.existing = existing
        self.advert = Advert()

    def all(self):
        self._refuse_formulas(self.cells)
        self._read({*GROUPS, *SINGLE})
        return self.advert

    def only(self, changed):
        self._refuse_formulas(changed)
        self._read({GROUP_OF.get(key, key) for key in changed})
        fields = self.advert.fields
        self.advert.fields = {
            name: value for name, value in fields.items() if getattr(self.existing, name) != value
        }
        return self.advert

    def _read(self, names):
        for name, reader in READERS.items():
            if name in names:
                reader(self)

    def _refuse_formulas(self, keys):
        for key in sorted(keys):
            if self.text(key).startswith("=") and not BY_KEY[key].only_told:
                self._wrong(key, "The cell begins with =, as a formula does. Put its result there.")

    def _wrong(self, key, text):
        self.advert.problems.append(Problem(BY_KEY[key].heading, text))

    def _note(self, key, text):
        self.advert.problems.append(Problem(BY_KEY[key].heading, text, is_error=False))

    def text(self, key):
        return self.cells.get(key, "").strip()

    def take(self, key, parse, default=None):
        """Return what `parse` makes of a cell, `default` for an empty one; None when it is wrong."""
        text = self.text(key)
        if not text:
            return default
        try:
            return parse(text)
        except Unreadable as problem:
            self._wrong(key, str(problem))
            return None

    def set(self, name, value):
        self.advert.fields[name] = value

    def now(self, name):
        """Return a field as it will be: as the row says, else as it is."""
        if name in self.advert.fields:
            return self.advert.fields[name]
        return getattr(self.existing, name) if self.existing else None

    # Each reader fills some fields of the advert.

    def read_title(self):
        title = plain_line(self.text("title"))
        if not title:
            self._wrong("title", "Every advert needs a title.")
        elif len(title) > 120:
            self._wrong("title", f"The title has {len(title)} characters. 120 is the most.")
        self.set("title", title)

    def read_role(self):
        role = self.take("role", partial(self.lookups.named, "roles"))
        if not self.text("role"):
            role = self.lookups.role_in(plain_line(self.text("title")))
            if role is None:
                self._wrong("role", "Name a role of the catalogue, such as Social worker.")
        self.set("role", role)

    def read_team(self):
        if not self.text("team"):
            self._wrong("team", "Name the team, as it is called in the portal.")
        self.set("team", self.take("team", partial(self.lookups.named, "teams")))

    def read_campaign(self):
        self.set("campaign", self.take("campaign", partial(self.lookups.named, "campaigns")))

    def read_hiring_manager(self):
        email = self.text("hiring_manager").lower()
        manager = self.lookups.managers.get(email)
        if email and manager is None:
            self._wrong(
                "hiring_manager", f"Nobody who may hire has the e-mail address “{email[:80]}”."
            )
        self.set("hiring_manager", manager)

    def read_posts(self):
        parse = partial(words.parse_whole_number, lowest=1, highest=999)
        self.set("number_of_posts", self.take("number_of_posts", parse, default=1))

    def read_pay(self):
        salary = self.take("salary", parse_salary, default=Salary(None, None))
        whole = partial(words.parse_whole_number, lowest=1, highest=500_000)
        lowest, highest = self.take("salary_from", whole), self.take("salary_to", whole)
        if salary is None:
            return
        lowest, highest = lowest or salary.lowest, highest or salary.highest
        grade = self._grade(salary)
        self.set("grade", grade)
        if salary.left_out:
            self._note("salary", f"Add “{salary.left_out[:120]}” to the advert as a payment.")
        said = "salary" if self.text("salary") else "salary_from"
        self._fill_pay(lowest, highest, grade, said)

    def _grade(self, salary):
        if self.text("grade"):
            return self.take("grade", self.lookups.grade)
        if salary.grade:
            return self.lookups.grades.get(salary.grade)
        role = self.now("role")
        return self.lookups.grades.get(role.grade.letter) if role else None

    def _fill_pay(self, lowest, highest, grade, said):
        """Take an end that is not said from the grade, and refuse ends in the wrong order."""
        pay = self.lookups.pay.get(grade.pk) if isinstance(grade, Grade) else None
        if pay and lowest is None:
            lowest = min(pay.lowest, highest or pay.lowest)
        if pay and highest is None:
            highest = max(pay.highest, lowest or 0)
        lowest, highest = lowest or highest, highest or lowest
        if lowest is None:
            if grade is not None or not self.text("grade"):
                self._wrong(said, "Give the salary: we do not know what this grade pays.")
        elif lowest > highest:
            self._wrong(said, "The higher salary must not be below the lower one.")
        self.set("salary_from", lowest)
        self.set("salary_to", highest)

    def read_contract(self):
        found = self.take("contract", words.parse_contract, default=(Contract.PERMANENT, None))
        whole = partial(words.parse_whole_number, lowest=1, highest=120)
        months = self.take("contract_months", whole)
        if found is None:
            return
        contract, months_told = found
        months = months or months_told
        if contract == Contract.PERMANENT and months:
            self._wrong("contract_months", "A permanent job has no length in months.")
        self.set("contract", contract)
        self.set("contract_months", months)

    def read_hours(self):
        hours = self.take(
            "weekly_hours", words.parse_hours, default=settings.FULL_TIME_WEEKLY_HOURS
        )
        usual = [Pattern.PART_TIME]
        if hours is None or hours >= settings.FULL_TIME_WEEKLY_HOURS:
            usual = [Pattern.FULL_TIME]
        self.set("weekly_hours", hours)
        self.set("patterns", self.take("patterns", words.parse_patterns, default=usual))
        weeks = partial(words.parse_decimal, lowest=1, highest=53)
        self.set("paid_weeks", self.take("paid_weeks", weeks))

    def read_place(self):
        team = self.now("team")
        district = self.take("district", partial(self.lookups.named, "districts"))
        place, postcode = plain_line(self.text("place_name")), self.text("postcode")
        point = self._point()
        spot = None
        if point and place:
            self.advert.fields |= {
                "place_name": place[:80],
                "postcode": postcode.upper()[:8],
                **point,
            }
        elif place or postcode:
            spot = self._spot(place, postcode)
            if spot is None:
                return
        elif team:
            spot = team
        if spot:
            self.set("place_name", spot.place_name[:80])
            self.set("postcode", getattr(spot, "postcode", ""))
            self.set("latitude", spot.latitude)
            self.set("longitude", spot.longitude)
        self.set(
            "district", district or getattr(spot, "district", None) or (team and team.district)
        )

    def _point(self):
        if not (self.text("latitude") and self.text("longitude")):
            return None
        latitude = self.take("latitude", partial(words.parse_decimal, lowest=-90, highest=90))
        longitude = self.take("longitude", partial(words.parse_decimal, lowest=-180, highest=180))
        if latitude is None or longitude is None:
            return None
        return {"latitude": float(latitude), "longitude": float(longitude)}

    def _spot(self, place, postcode):
        try:
            return self.lookups.spot(place, postcode)
        except Unreadable as problem:
            self._wrong("postcode" if postcode else "place_name", str(problem))
            return None

    def read_dates(self):
        opens_on = self.take("opens_on", parse_date, default=timezone.localdate())
        closes_on = self.take("closes_on", parse_date)
        interview_on = self.take("interview_on", parse_date)
        if not self.text("closes_on"):
            self._wrong("closes_on", "Give the closing date.")
        if isinstance(closes_on, date) and opens_on and closes_on < opens_on:
            # An old advert without an opening date was open until it closed.
            if self.text("opens_on"):
                self._wrong("closes_on", "The closing date must not be before the opening date.")
            else:
                opens_on = closes_on
        if interview_on and opens_on and interview_on < opens_on:
            self._wrong("interview_on", "The interview date must not be before the opening date.")
        self.set("opens_on", opens_on)
        self.set("closes_on", closes_on)
        self.set("interview_on", interview_on)
        self.set("rolling", self.take("rolling", words.parse_yes_no, default=False))

    def read_visibility(self):
        choose = partial(words.parse_choice, choices=Visibility)
        visibility = self.take("visibility", choose, default=Visibility.PUBLIC)
        public_from = self.take("public_from", parse_date)
        staff_first = visibility == Visibility.STAFF_FIRST
        opens_on = self.now("opens_on")
        if staff_first and not (public_from and opens_on and public_from > opens_on):
            self._wrong(
                "public_from", "Staff first needs a date for everyone after the opening date."
            )
        if not staff_first and public_from:
            self._wrong("public_from", "Only adverts for staff first have this date.")
        self.set("visibility", visibility)
        self.set("public_from", public_from)

    def read_driving(self):
        self.set("driving", self.take("driving", words.parse_driving, default="not_needed"))

    def read_dbs(self):
        choose = partial(words.parse_choice, choices=DBSLevel)
        level = self.take("dbs_level", choose, default=DBSLevel.ENHANCED_BARRED)
        self.set("dbs_level", level)

    def read_contact_email(self):
        email = self.text("contact_email")
        try:
            if email:
                validate_email(email)
        except ValidationError:
            self._wrong("contact_email", f"“{email[:80]}” is not an e-mail address.")
        self.set("contact_email", email)

    def read_body(self):
        body = self._long_text("body")
        if not body:
            self._wrong("body", "The advert has no text.")
        if not self.text("summary") and self.existing is None:
            self.set("summary", _first_sentences(body))

    def read_summary(self):
        summary = plain_line(self.text("summary"))
        if len(summary) > SUMMARY_LENGTH:
            self._wrong("summary", f"The summary has {len(summary)} characters. 300 is the most.")
        if summary:
            self.set("summary", summary)

    def read_benefits(self):
        self._long_text("benefits")

    def _long_text(self, key):
        text = markdown(self.cells.get(key, ""))
        if len(text) > LONGEST_TEXT:
            self._wrong(
                key, f"The text has {len(text):,} characters. {LONGEST_TEXT:,} is the most."
            )
        self.set(key, text)
        return text

    def read_criteria(self, key):
        lines = [plain_line(line.lstrip("-*• ")) for line in markdown(self.text(key)).split("\n")]
        lines = list(dict.fromkeys(filter(None, lines)))
        if any(len(line) > LONGEST_CRITERION for line in lines):
            self._wrong(key, f"A criterion has more than {LONGEST_CRITERION} characters.")
        if lines or self.existing:
            self.advert.criteria[key] = lines

    def read_yes_no(self, key):
        self.set(key, self.take(key, words.parse_yes_no, default=False))

    def read_line(self, key, longest):
        line = plain_line(self.text(key))
        if len(line) > longest:
            self._wrong(key, f"This has {len(line)} characters. {longest} is the most.")
        self.set(key, line)


def _first_sentences(body):
    """Return the beginning of an advert as its summary: whole sentences where they fit."""
    paragraphs = [part for part in body.split("\n\n") if not part.startswith(("#", "-", ">"))]
    text = " ".join(re.sub(r"[*_`\[\]]", "", paragraphs[0] if paragraphs else body).split())
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return cut[: end + 1] if end > 80 else f"{cut[: SUMMARY_LENGTH - 1].rsplit(' ', 1)[0]}…"


def _line(key):
    longest = Vacancy._meta.get_field(key).max_length
    return lambda reading: reading.read_line(key, longest)


def _yes_no(key):
    return lambda reading: reading.read_yes_no(key)


def _criteria(key):
    return lambda reading: reading.read_criteria(key)


# In this order: the grade may follow from the role, the place from the team.
READERS = {
    "title": _Reading.read_title,
    "role": _Reading.read_role,
    "team": _Reading.read_team,
    "campaign": _Reading.read_campaign,
    "hiring_manager": _Reading.read_hiring_manager,
    "number_of_posts": _Reading.read_posts,
    "pay": _Reading.read_pay,
    "contract": _Reading.read_contract,
    "hours": _Reading.read_hours,
    "place": _Reading.read_place,
    "dates": _Reading.read_dates,
    "visibility": _Reading.read_visibility,
    "newly_qualified_welcome": _yes_no("newly_qualified_welcome"),
    "driving": _Reading.read_driving,
    "driving_alternatives": _line("driving_alternatives"),
    "sponsorship_possible": _yes_no("sponsorship_possible"),
    "dbs_level": _Reading.read_dbs,
    "contact_name": _line("contact_name"),
    "contact_email": _Reading.read_contact_email,
    "contact_phone": _line("contact_phone"),
    "body": _Reading.read_body,
    "summary": _Reading.read_summary,
    "benefits": _Reading.read_benefits,
    "essential": _criteria("essential"),
    "desirable": _criteria("desirable"),
}
SINGLE = set(READERS) - set(GROUPS)

"""The columns of a sheet of adverts: what each is called, what else people call it, what it shows.

The headings are those of an export, which can be imported again. A column that is `only_told` is
written by the portal alone: an import passes over it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.utils import timezone

from organisation.sheets.cells import as_text, bare, keys_by_name
from vacancies.models import CriterionKind


@dataclass(frozen=True)
class Column:
    key: str
    heading: str
    shown: Callable | None = None
    aliases: tuple = ()
    only_told: bool = False

    def text_of(self, vacancy):
        """Return what an export writes for the vacancy."""
        return as_text(self.shown(vacancy)) if self.shown else ""


def _of(path):
    """Return a function that follows the attributes in `path`, up to one that is None."""
    names = path.split(".")

    def value(vacancy):
        for name in names:
            vacancy = getattr(vacancy, name)
            if vacancy is None:
                return None
        return vacancy

    return value


def _number(name):
    def value(vacancy):
        number = getattr(vacancy, name)
        return None if number is None else f"{float(number):g}"

    return value


def _choice(name):
    return lambda vacancy: getattr(vacancy, f"get_{name}_display")()


def _day(name):
    def value(vacancy):
        moment = getattr(vacancy, name)
        return moment and timezone.localdate(moment)

    return value


def _patterns(vacancy):
    labels = dict(vacancy._meta.get_field("patterns").base_field.choices)
    return ", ".join(labels[pattern] for pattern in vacancy.patterns)


def _criteria(kind):
    def value(vacancy):
        lines = [item for item in vacancy.criteria.all() if item.kind == kind]
        return "\n".join(item.text for item in sorted(lines, key=attrgetter("position", "pk")))

    return value


def _words_for_each(vacancy):
    """How many words an applicant may write about each criterion, where it is the same for all."""
    lengths = {item.max_words for item in vacancy.criteria.all()}
    return lengths.pop() if len(lengths) == 1 else None


def _external_reference(vacancy):
    return next((row.external_reference for row in vacancy.imported_from.all()), "")


def _lines(relation, in_words):
    return lambda vacancy: "\n".join(in_words(row) for row in getattr(vacancy, relation).all())


def place_in_words(place):
    """ "Fareham PO16 7GZ"."""
    return f"{place.place_name} {place.postcode}".strip()


def payment_in_words(payment):
    """ "Golden hello: £3,000 once. Paid back if you leave within a year"."""
    words = f"{payment} {payment.get_kind_display().lower()}"
    return f"{words}. {payment.condition}" if payment.condition else words


COLUMNS = [
    Column("reference", "Reference", _of("reference"), ("ref", "vacancy ref")),
    Column(
        "external_reference",
        "External reference",
        _external_reference,
        ("external id", "id", "job id", "job ref", "job reference", "job number", "vacancy id",
         "vacancy number", "vacancy reference", "requisition", "requisition number"),
    ),
    Column("title", "Title", _of("title"), ("job title", "position", "post title", "vacancy")),
    Column("role", "Role", _of("role.name"), ("job role",)),
    Column("team", "Team", _of("team.name"), ("department", "service", "team name")),
    Column("number_of_posts", "Number of posts", _of("number_of_posts"),
           ("posts", "positions", "openings", "vacancies")),
    Column("campaign", "Campaign", _of("campaign.name")),
    Column("grade", "Grade", _of("grade.letter"), ("pay grade", "band")),
    Column("salary", "Salary", None, ("pay", "salary range", "salary text", "remuneration")),
    Column("salary_from", "Salary from", _of("salary_from"), ("salary min", "minimum salary")),
    Column("salary_to", "Salary to", _of("salary_to"), ("salary max", "maximum salary")),
    Column("contract", "Contract", _choice("contract"), ("contract type", "contract term")),
    Column("contract_months", "Contract months", _of("contract_months"), ("length in months",)),
    Column("patterns", "Working patterns", _patterns,
           ("working pattern", "pattern", "hours type", "employment type", "work pattern")),
    Column("weekly_hours", "Weekly hours", _number("weekly_hours"),
           ("hours", "hours a week", "hours per week")),
    Column("paid_weeks", "Paid weeks", _number("paid_weeks"), ("weeks", "weeks per year")),
    Column("place_name", "Place", _of("place_name"),
           ("location", "town", "base", "work location", "place name")),
    Column("postcode", "Postcode", _of("postcode"), ("post code", "outcode", "postal code")),
    Column("latitude", "Latitude", _of("latitude"), ("lat",)),
    Column("longitude", "Longitude", _of("longitude"), ("lon", "lng", "long")),
    Column("district", "District", _of("district.name"), ("area",)),
    Column("opens_on", "Opens on", _of("opens_on"),
           ("opening date", "start date", "opens", "advert start", "date posted", "posted")),
    Column("closes_on", "Closes on", _of("closes_on"),
           ("closing date", "closes", "deadline", "end date", "advert end", "closing")),
    Column("interview_on", "Interview on", _of("interview_on"), ("interview date", "interviews")),
    Column("rolling", "Always open", _of("rolling"), ("rolling",)),
    Column("visibility", "Who sees it", _choice("visibility"), ("visibility",)),
    Column("public_from", "Everyone from", _of("public_from"), ("public from",)),
    Column("newly_qualified_welcome", "Newly qualified welcome", _of("newly_qualified_welcome"),
           ("newly qualified", "nqsw")),
    Column("driving", "Driving", _choice("driving"), ("driver", "driving licence")),
    Column("driving_alternatives", "If you cannot drive", _of("driving_alternatives")),
    Column("sponsorship_possible", "Sponsorship possible", _of("sponsorship_possible"),
           ("sponsorship", "visa sponsorship")),
    Column("dbs_level", "Criminal record check", _choice("dbs_level"), ("dbs", "dbs level")),
    Column("hiring_manager", "Hiring manager", _of("hiring_manager.email"),
           ("hiring manager e-mail", "hiring manager email")),
    Column("contact_name", "Contact name", _of("contact_name"), ("contact",)),
    Column("contact_email", "Contact e-mail", _of("contact_email"), ("contact email",)),
    Column("contact_phone", "Contact phone", _of("contact_phone"), ("contact telephone",)),
    Column("summary", "Summary", _of("summary"), ("short description", "introduction")),
    Column("body", "Advert", _of("body"),
           ("description", "job description", "advert text", "body", "details")),
    Column("benefits", "What we offer", _of("benefits"), ("benefits",)),
    Column("essential", "Essential criteria", _criteria(CriterionKind.ESSENTIAL), ("essential",)),
    Column("desirable", "Desirable criteria", _criteria(CriterionKind.DESIRABLE), ("desirable",)),
    Column("max_words", "Words for each criterion", _words_for_each,
           ("word limit", "words at most", "max words")),
    Column("takes_cv", "Takes a CV", _of("takes_cv"), ("cv", "takes cv")),
    Column("shows_employers", "Panel sees employers", _of("shows_employers"),
           ("shows employers",)),
    Column("other_places", "Other places", _lines("other_places", place_in_words),
           ("other locations",)),
    Column("payments", "Payments", _lines("payments", payment_in_words),
           ("supplements", "allowances")),
    Column("sift_dates", "Sift dates", _lines("sift_dates", str), ("read on",)),
    Column("state", "State", _choice("state"), ("status",), only_told=True),
    Column("published", "Published on", _day("published_at"), only_told=True),
    Column("closed", "Closed on", _day("closed_at"), only_told=True),
    Column("filled", "Filled on", _day("filled_at"), only_told=True),
]  # fmt: skip

BY_KEY = {column.key: column for column in COLUMNS}
EXPORTED = [column for column in COLUMNS if column.shown]
READ_WITH = ["criteria", "imported_from", "other_places", "payments", "sift_dates"]
TOGETHER = ["role", "team", "grade", "district", "campaign", "hiring_manager"]


_BY_NAME = keys_by_name(COLUMNS)


def key_of(heading):
    """Return the key of the column with this heading, or None for one we do not know."""
    return _BY_NAME.get(bare(heading))


def cells_of(vacancy):
    """Return what an export writes of a vacancy, by the keys of the columns."""
    return {column.key: column.text_of(vacancy) for column in EXPORTED}

"""What the pages of writing an advert show: its parts in order, as tasks and as answers."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from vacancies import rules
from vacancies.drafts import STEPS, answers_of
from vacancies.models import CriterionKind, Pattern, Visibility
from vacancies.states import VacancyState
from vacancies.templatetags.vacancy_tags import contract


@dataclass(frozen=True)
class Part:
    """One page of writing: its title, and what stands under it for the writer."""

    title: str
    lead: str = ""


PARTS = {
    "job": Part("The job", "Which role it is, in which team, and what the advert is called."),
    "pay": Part(
        "Pay and hours", "People look for the salary first. Part-time posts show their actual pay."
    ),
    "places": Part("Places", "People search by distance, so say where the work is done from."),
    "dates": Part("Dates and who sees it", "Most adverts are open for two to four weeks."),
    "people": Part("Who it suits", "Ask only for what the work cannot do without."),
    "words": Part("The advert", "Say “you” and “we”. Say what a usual week looks like."),
    "criteria": Part("What people need", "The panel reads every application against these points."),
    "payments": Part(
        "Payments on top of the salary",
        "Each year, such as an allowance, or once. Leave this empty if there are none.",
    ),
    "contact": Part("Contact", "Who people can ask."),
}

# What the writer is told in each state: the colour of its tag, and what happens now.
STORY = {
    VacancyState.DRAFT: ("gold", "Finish each part, check it, and send it to HR."),
    VacancyState.AWAITING_APPROVAL: ("blue", "HR reads it. We write to you when they have."),
    VacancyState.APPROVED: ("blue", "HR publishes it. We write to you when that is done."),
    VacancyState.SCHEDULED: ("blue", "It is published by itself on its opening day."),
    VacancyState.LIVE: ("green", "People can see it and apply."),
    VacancyState.CLOSED: ("grey", "Nobody can apply any more. The panel reads the applications."),
    VacancyState.FILLED: ("grey", "Somebody has the job, and everybody who applied has an answer."),
    VacancyState.WITHDRAWN: ("grey", "It was taken back. You can copy it to begin again."),
}


def address(vacancy, step, *, change=False):
    url = reverse("vacancies:advert-step", args=[vacancy.reference, step])
    return f"{url}?change=1" if change else url


def check_address(vacancy):
    return reverse("vacancies:advert-check", args=[vacancy.reference])


def own_address(vacancy):
    return reverse("vacancies:advert", args=[vacancy.reference])


def onward(request, vacancy, step):
    """Return where to go after a part: the next one, or back to the answers when one was changed."""
    if "stay" in request.POST:
        return request.get_full_path() + "#hints"
    if "change" in request.GET or step == STEPS[-1]:
        return check_address(vacancy)
    return address(vacancy, STEPS[STEPS.index(step) + 1])


def back(request, vacancy, step):
    if "change" in request.GET:
        return check_address(vacancy)
    place = STEPS.index(step)
    return address(vacancy, STEPS[place - 1]) if place else own_address(vacancy)


def tasks(vacancy):
    """Return the task list of a draft, the last of it checking and sending."""
    rows = [
        {
            "text": PARTS[step].title,
            "url": address(vacancy, step),
            "status": "Completed" if step in vacancy.finished_steps else "Not finished",
            "colour": "" if step in vacancy.finished_steps else "blue",
        }
        for step in STEPS
    ]
    last = {"text": "Check the advert and send it to HR", "url": check_address(vacancy)}
    ready = not rules.problems_before_publishing(vacancy, on=timezone.localdate())
    status = (
        {"status": "Ready", "colour": "blue"} if ready else {"status": "Not ready", "colour": ""}
    )
    return [*rows, last | status]


def answers(vacancy, *, change=False):
    """Return what each part of an advert holds, for reading, with links to change it."""
    return [
        {
            "title": PARTS[step].title,
            "rows": rows_of(vacancy, step),
            "url": address(vacancy, step, change=True) if change else "",
        }
        for step in STEPS
    ]


def rows_of(vacancy, step):
    """Return what one part holds as the rows of a summary list."""
    return [{"key": key, "value": value} for key, value in ROWS[step](vacancy).items()]


def _job(vacancy):
    return {"Title": vacancy.title, "Role": vacancy.role.name, "Team": vacancy.team.name}


def _pay(vacancy):
    rows = {
        "Grade": str(vacancy.grade),
        "Salary for full time": f"£{vacancy.salary_from:,} to £{vacancy.salary_to:,} a year",
        "Contract": contract(vacancy),
        "Working patterns": "\n".join(Pattern(pattern).label for pattern in vacancy.patterns),
        "Hours a week": f"{vacancy.weekly_hours.normalize():f}",
    }
    if vacancy.paid_weeks:
        rows["Paid weeks a year"] = f"{vacancy.paid_weeks.normalize():f}"
    return rows | {"Number of posts": vacancy.number_of_posts}


def _places(vacancy):
    main = f"{vacancy.place_name} {vacancy.postcode}".strip()
    others = "\n".join(
        f"{place.place_name} {place.postcode}".strip() for place in vacancy.other_places.all()
    )
    return {"Main place": main, "District": vacancy.district.name, "Other places": others}


def _dates(vacancy):
    rows = {
        "Opens on": _day(vacancy.opens_on),
        "Closes on": f"{_day(vacancy.closes_on)}, 11:59pm",
        "Interviews on": _day(vacancy.interview_on),
        "Always open": "Yes" if vacancy.rolling else "No",
    }
    if vacancy.rolling:
        days = [_day(row.sift_on) for row in vacancy.sift_dates.all()]
        rows["Applications are read on"] = "\n".join(days)
    seen_by = vacancy.get_visibility_display()
    if vacancy.visibility == Visibility.STAFF_FIRST:
        seen_by = f"Staff first, everyone from {_day(vacancy.public_from)}"
    return rows | {"Who sees it": seen_by}


def _people(vacancy):
    return {
        "Registration": "Social Work England, because of the role"
        if vacancy.needs_registration
        else "Not needed for this role",
        "Newly qualified welcome": _yes(vacancy.newly_qualified_welcome),
        "Driving": vacancy.get_driving_display(),
        "If somebody cannot drive": vacancy.driving_alternatives,
        "We could sponsor a visa": _yes(vacancy.sponsorship_possible),
        "Criminal record check": vacancy.get_dbs_level_display(),
    }


def _words(vacancy):
    return {
        "Summary": vacancy.summary,
        "The advert": vacancy.body,
        "What we offer": vacancy.benefits,
    }


def _criteria(vacancy):
    lines = {kind: [] for kind in CriterionKind}
    for criterion in vacancy.criteria.all():
        lines[CriterionKind(criterion.kind)].append(criterion.text)
    return {
        "People need": "\n".join(lines[CriterionKind.ESSENTIAL]),
        "It helps": "\n".join(lines[CriterionKind.DESIRABLE]),
        "Words about each, at most": answers_of(vacancy, "criteria")["max_words"],
        "People may add a CV": _yes(vacancy.takes_cv),
        "The panel reads the names of employers": _yes(vacancy.shows_employers),
    }


def _payments(vacancy):
    rows = {
        payment.name: f"£{payment.amount:,} {payment.get_kind_display().lower()}\n{payment.condition}".strip()
        for payment in vacancy.payments.all()
    }
    return rows or {"Payments": "None"}


def _contact(vacancy):
    return {
        "Name": vacancy.contact_name,
        "E-mail": vacancy.contact_email,
        "Phone number": vacancy.contact_phone,
    }


ROWS = {
    "job": _job,
    "pay": _pay,
    "places": _places,
    "dates": _dates,
    "people": _people,
    "words": _words,
    "criteria": _criteria,
    "payments": _payments,
    "contact": _contact,
}


def _day(day):
    return date_format(day, "l j F Y") if day else ""


def _yes(answer):
    return "Yes" if answer else "No"

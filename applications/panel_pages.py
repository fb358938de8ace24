"""What the panel's pages show: rows of lists, one application beside its scores, the table of the lead."""

from fractions import Fraction

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from applications.blind import BlindApplication
from applications.queries import panel as panel_queries
from applications.queries.shortlist import to_one_place
from applications.rules import panel as panel_rules
from applications.states import ApplicationState

# What a member still has to do with an application, as a tag of their list.
NOT_STARTED, DRAFT, SENT, AGAIN = (
    ("Not started", "blue"),
    ("Draft", "gold"),
    ("Sent", "green"),
    ("Read again", "rose"),
)
INVITED = ("Invited to interview", "grey")


def address(member, application):
    return reverse(
        "applications:panel-application", args=[member.vacancy.reference, application.code]
    )


def to_do(panel):
    """Return one vacancy of somebody's panels with what is to be done for it, in words."""
    to_score = (panel.to_read or 0) - (panel.sent or 0)
    again = panel.to_read_again or 0
    words = []
    if panel.declared_at is None:
        words.append("Say first that you will tell us whom you know.")
    if to_score:
        words.append(f"{to_score} to score.")
    if again:
        words.append(f"{again} to read again.")
    if not words:
        words.append("Nothing is waiting for you.")
    return {
        "vacancy": panel.vacancy,
        "is_lead": panel.is_lead,
        "waits": bool(to_score or again),
        "words": " ".join(words),
    }


def sheet_of(application):
    """Return the member's own sheet of an application read with `with_sheet_of`, or None."""
    return application.my_sheets[0] if application.my_sheets else None


def can_write(application, sheet):
    """Scores are written while the application is in shortlisting and until they are sent."""
    is_open = application.state == ApplicationState.SHORTLISTING
    return is_open and (sheet is None or sheet.sent_at is None)


def row_of_list(application):
    """Return one application of the list: its code and how far the member has come with it."""
    sheet = sheet_of(application)
    status, colour = _status(application, sheet)
    return {"code": application.code, "status": status, "colour": colour}


def _status(application, sheet):
    if application.state != ApplicationState.SHORTLISTING:
        return INVITED
    if sheet is None:
        return NOT_STARTED
    if sheet.sent_at is None:
        return DRAFT
    return AGAIN if any(score.waits_for_second_read for score in sheet.scores.all()) else SENT


def scores_for_form(sheet):
    """Return what is saved as the form shows it, with the version it has."""
    if sheet is None:
        return {"version": 0}
    saved = {"version": sheet.version}
    for score in sheet.scores.all():
        saved[f"points_{score.criterion_id}"] = score.points
        saved[f"notes_{score.criterion_id}"] = score.notes
    return saved


def one_application(member, application, criteria, form):
    """Return what the page of one application shows: it blind, and beside each criterion my own score."""
    sheet = sheet_of(application)
    blind = BlindApplication.of(application, criteria, on=timezone.localdate())
    boxes = {pk: (points, notes) for pk, points, notes in form.parts()}
    mine = {score.criterion_id: score for score in sheet.scores.all()} if sheet else {}
    others = others_when_all_is_read(member, application) if sheet and sheet.sent_at else {}
    parts = [
        {
            "number": number,
            "evidence": evidence,
            "points": boxes[evidence.criterion_id][0],
            "notes": boxes[evidence.criterion_id][1],
            "mine": mine.get(evidence.criterion_id),
            "others": others.get(evidence.criterion_id, []),
        }
        for number, evidence in enumerate(blind.evidence, start=1)
    ]
    return {
        "vacancy": member.vacancy,
        "blind": blind,
        "parts": parts,
        "form": form,
        "sheet": sheet,
        "can_write": can_write(application, sheet),
        "can_tell": application.state == ApplicationState.SHORTLISTING,
        "scale": settings.SHORTLIST_SCALE,
    }


def others_when_all_is_read(member, application):
    """Return what the others gave, by criterion, for the lead: once everybody has sent and read again."""
    if not member.is_lead or not panel_queries.everybody_has_sent(application):
        return {}
    scores = list(panel_queries.scores_that_count(application))
    if any(score.waits_for_second_read for score in scores):
        return {}
    others = {}
    for score in scores:
        if score.sheet.member_id != member.pk:
            others.setdefault(score.criterion_id, []).append(score)
    return others


def score_to_read_again(application, pk):
    """Return the member's own score that waits for a second read, or None."""
    sheet = sheet_of(application)
    scores = sheet.scores.all() if sheet and sheet.sent_at else []
    waiting = [score for score in scores if score.pk == pk and score.waits_for_second_read]
    return waiting[0] if waiting else None


def second_read(member, application, score):
    """Return what the page of a second read shows: the evidence, my note, and those of the others."""
    criterion = score.criterion
    blind = BlindApplication.of(application, [criterion], on=timezone.localdate())
    others = [
        other
        for other in panel_queries.scores_that_count(application)
        if other.criterion_id == criterion.pk and other.sheet.member_id != member.pk
    ]
    return {
        "vacancy": member.vacancy,
        "code": application.code,
        "evidence": blind.evidence[0],
        "score": score,
        "others": others,
        "back": address(member, application),
        "scale": settings.SHORTLIST_SCALE,
    }


def unwritten(application, criteria):
    """Return the keys of the criteria about which nothing was written."""
    written = {row.criterion_id for row in application.evidence.all() if row.words.strip()}
    return {row.pk for row in criteria} - written


def table_to_take_away(member, applications, criteria):
    """Return the headings and rows of the list a member takes away: everything blind, and their own scores."""
    headings = ["Application", "Registration", "Employment", "Qualifications", "Training", "Gaps"]
    for criterion in criteria:
        headings += [criterion.text, "Your points", "Your notes"]
    rows = []
    for application in applications:
        application.vacancy = member.vacancy
        blind = BlindApplication.of(application, criteria, on=timezone.localdate())
        sheet = sheet_of(application)
        mine = {score.criterion_id: score for score in sheet.scores.all()} if sheet else {}
        row = [blind.code, blind.registration, *_history(blind)]
        for evidence in blind.evidence:
            score = mine.get(evidence.criterion_id)
            row += [evidence.words, *((score.counted, score.notes) if score else (None, ""))]
        rows.append(row)
    return headings, rows


def _history(blind):
    """Return the four columns of what somebody has done, each as lines of text."""
    return [
        "\n".join(_job_in_words(job) for job in blind.jobs),
        "\n".join(f"{row.title} {row.result}".strip() for row in blind.qualifications),
        "\n".join(f"{row.title}, {_month(row.finished_on)}" for row in blind.training),
        "\n".join(f"{_months(row)}: {row.words}" for row in blind.gaps),
    ]


def _job_in_words(job):
    who = f"{job.title}, {job.employer}" if job.employer else job.title
    said = [f"{_months(job)}: {who}", job.duties, job.reason_for_leaving]
    return ". ".join(words for words in said if words)


def _months(row):
    return f"{_month(row.began_on)} to {_month(row.ended_on) if row.ended_on else 'now'}"


def _month(day):
    return date_format(day, "F Y")


def table(vacancy, shortlist, page, forms, marks, mark):
    """Return what the table shows: for the lead and for HR alike."""
    return {
        "vacancy": vacancy,
        "shortlist": shortlist,
        "criteria": shortlist.criteria,
        "rows": [
            {
                "row": row,
                "form": forms.get(row.code),
                "passes": mark is not None and row.reaches(mark),
                "averages": [
                    (criterion, to_one_place(row.averages.get(criterion.pk, Fraction(0))))
                    for criterion in shortlist.criteria
                ],
            }
            for row in page
        ],
        "page": page,
        "marks": marks,
        "mark": mark,
        "preview": shortlist.preview(mark) if mark is not None else None,
        "met_average": settings.SHORTLIST_MET_AVERAGE,
        "fewest_readers": settings.SHORTLIST_FEWEST_READERS,
        "members": shortlist.members,
        "outstanding": outstanding(shortlist),
        "enough_members": panel_rules.enough_readers(len(shortlist.members)),
    }


def outstanding(shortlist):
    """Return how many applications each member is still to score, with those of who has none left out."""
    counted = {}
    for row in shortlist.undecided:
        for member in row.missing:
            counted[member] = counted.get(member, 0) + 1
    return list(counted.items())

"""Who applied and how far they came, by what people told for equality monitoring: counts alone."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, IntegerField, Max, Value, When

from accounts.retention import months_before, start_of
from applications.equality import NAMES, QUESTIONS, UNSAID
from applications.models import Application, MonitoringAnswers
from applications.reports.hiding import put_small_groups_together, safe_columns, shown_columns
from applications.states import ApplicationState
from vacancies.models import Vacancy
from vacancies.reports.report import Chart, Table
from vacancies.states import VacancyState

HIDDEN = "hidden"
# The stages an application can come to, in order, by the states that say that it came there.
STAGES = [
    ("Applied", [ApplicationState.SUBMITTED, ApplicationState.SHORTLISTING]),
    ("Interview", [ApplicationState.INTERVIEW]),
    ("Offered", [ApplicationState.OFFERED, ApplicationState.CHECKS]),
    ("Appointed", [ApplicationState.HIRED]),
]
NOTHING_SAID = "Did not say"
SEVERAL = "Other answers, put together"
NO_GROUP = {NOTHING_SAID, SEVERAL}  # rows that are no group of one answer


@dataclass(frozen=True)
class Part:
    """What the report shows of one question: a chart of who applied, and the table of all stages."""

    chart: Chart
    table: Table


def equality_report(on):
    """Return (number of jobs, totals by stage, Parts) for the jobs that closed in the months before `on`.

    A total is HIDDEN where so few people came there, or fell out before it, that it tells of them. When
    fewer applied than the smallest group may have, there is nothing to show by answer.

    Only jobs that are closed or filled count, so that no figure can sway a decision. Everybody who sent
    an application is counted, at the furthest stage they came to, whatever became of them afterwards.
    """
    jobs = closed_jobs(on)
    people = _people(jobs)
    totals = _numbers([stage for stage, _ in people])
    smallest = settings.EQUALITY_SMALLEST_GROUP
    if 0 < len(people) < smallest:
        return jobs.count(), [HIDDEN] * len(STAGES), [_part(question, []) for question in QUESTIONS]
    shown = [_written(cell) for cell in _cells(totals, safe_columns(totals, smallest))]
    return jobs.count(), shown, [_part(question, people) for question in QUESTIONS]


def closed_jobs(on):
    since = start_of(months_before(on, settings.EQUALITY_REPORT_MONTHS))
    return Vacancy.objects.filter(
        state__in=[VacancyState.CLOSED, VacancyState.FILLED], closed_at__gte=since
    )


def _people(jobs):
    """Return (furthest stage, answers) for each application, in no order and with nothing else of it."""
    furthest = Case(
        *(
            When(moves__to_state__in=states, then=Value(stage))
            for stage, (_, states) in enumerate(STAGES)
        ),
        default=Value(0),
        output_field=IntegerField(),
    )
    sent = Application.objects.sent().filter(vacancy__in=jobs.values("pk")).order_by()
    stages = dict(sent.annotate(stage=Max(furthest)).values_list("pk", "stage"))
    answers = {
        of: dict(zip(NAMES, told, strict=True))
        for of, *told in MonitoringAnswers.objects.filter(
            application__vacancy__in=jobs.values("pk")
        ).values_list("application", *NAMES)
    }
    return [(stage, answers.get(pk, {})) for pk, stage in stages.items()]


def _part(question, people):
    told = Counter((answers.get(question.name, ""), stage) for stage, answers in people)
    smallest = settings.EQUALITY_SMALLEST_GROUP
    groups = put_small_groups_together(list(_groups(question, told, smallest)), smallest)
    numbers = [numbers for _, numbers in groups]
    names = [_name(labels) for labels, _ in groups]
    shown = [
        _cells(row, columns)
        for row, columns in zip(numbers, shown_columns(numbers, smallest), strict=True)
    ]
    return Part(_chart(question, names, shown), _table(question, names, shown))


def _groups(question, told, smallest):
    """Yield (label, numbers) for each answer, told closely only where every closer one has enough people."""
    for answer in question.answers:
        codes = [answer.code, *(closer.code for closer in answer.closer)]
        if answer == UNSAID:
            codes.append("")
        each = [(code, _numbers_of(told, [code])) for code in codes]
        peopled = [(code, numbers) for code, numbers in each if numbers[0]]
        if answer.closer and all(numbers[0] >= smallest for _, numbers in peopled):
            labels = {one.code: f"{answer.label}: {one.label}" for one in answer.closer}
            labels[answer.code] = f"{answer.label}: no more said"
            yield from ((labels[code], numbers) for code, numbers in peopled)
        else:
            label = NOTHING_SAID if answer == UNSAID else answer.label
            yield label, _numbers_of(told, codes)


def _numbers_of(told, codes):
    stages = [
        stage for (code, stage), number in told.items() if code in codes for _ in range(number)
    ]
    return _numbers(stages)


def _numbers(furthest):
    """Return how many came to each stage or further."""
    return [sum(stage >= least for stage in furthest) for least in range(len(STAGES))]


def _name(labels):
    return labels[0] if len(labels) == 1 else SEVERAL


def _cells(numbers, columns):
    return [number if column < columns else None for column, number in enumerate(numbers)]


def _chart(question, names, shown):
    rows = [(name, cells[0]) for name, cells in zip(names, shown, strict=True)]
    return Chart(f"{question.short}: who applied", rows, "people")


def _table(question, names, shown):
    rows = list(zip(names, shown, strict=True))
    compared = [cells for name, cells in rows if name not in NO_GROUP]
    largest = max(compared, key=lambda cells: cells[0], default=None)
    ratio = "Ratio to the largest group"
    return Table(
        key=question.name,
        title=question.short,
        headings=["Answer", *(name for name, _ in STAGES),
                  "Interview, of those who applied", ratio,
                  "Offered, of those interviewed", ratio],
        rows=[
            [name, *map(_written, cells), *_rates(cells, largest if name not in NO_GROUP else None)]
            for name, cells in rows
        ],
        empty=f"Fewer than {settings.EQUALITY_SMALLEST_GROUP} people have applied.",
    )  # fmt: skip


def _rates(cells, largest):
    """Return rate and ratio of the first two steps, from nothing but numbers that are shown.

    There is a ratio to the `largest` group, if that is another and both rates are shown.
    """
    written = []
    for step in (1, 2):
        rate = _rate(cells, step)
        written.append(HIDDEN if rate is None else f"{rate:.0%}")
        of_largest = _rate(largest, step) if largest and largest is not cells else None
        written.append(_ratio(rate, of_largest))
    return written


def _rate(cells, step):
    before, after = cells[step - 1], cells[step]
    return None if after is None or not before else after / before


def _ratio(rate, of_largest):
    if rate is None or not of_largest:
        return "–"
    ratio = rate / of_largest
    look = ": look closer" if ratio < settings.EQUALITY_RATIO_TO_LOOK_AT else ""
    return f"{ratio:.2f}{look}"


def _written(cell):
    return HIDDEN if cell is None else cell

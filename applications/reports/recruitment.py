"""HR's figures about applications: the funnel, the time of each stage, withdrawals and refusals."""

import itertools
from collections import Counter

from applications.queries import stages
from applications.states import HAPPY_PATH, ApplicationState, WithdrawalReason
from organisation.models import RoleFamily
from vacancies.models import Vacancy
from vacancies.reports.report import Chart, Report, Table, advert_link

S = ApplicationState
STEPS = ["Sent", "Considered", "Interview", "Offered", "Accepted", "Appointed"]
AFTER_AN_OFFER = {S.OFFERED, S.CHECKS}
UNDONE = (
    "What was undone",
    "A decision of the shortlisting that was taken back, and a withdrawal that was taken back, count as "
    "if they had never been.",
)
NO_REASON = "No reason given"


def funnel(filters, on):
    """How many came how far of those who sent an application in the period."""
    by_job = stages.furthest_stages(filters)
    total = _sum(by_job.values())
    jobs = _jobs(by_job)
    families = {}
    for pk, numbers in by_job.items():
        families.setdefault(jobs[pk].role.family, []).append(numbers)
    labels = dict(RoleFamily.choices)
    return Report(
        title="Funnel",
        lead="How far the applications came that were sent in the period.",
        figures=list(zip(total, [name.lower() for name in STEPS], strict=True)),
        charts=[Chart("How many came to each step", list(zip(STEPS, total, strict=True)), "people")],
        tables=[
            _funnel_table("families", "By role family", "Role family",
                          [(labels[key], _sum(rows)) for key, rows in sorted(families.items())]),
            _funnel_table("jobs", "By job", "Job",
                          [(advert_link(jobs[pk]), by_job[pk]) for pk in sorted(by_job, reverse=True)]),
        ],
        definitions=[
            ("Considered", "We have begun to look at the application: it was at “Being considered”."),
            ("Interview, offered, accepted, appointed", "Came to that stage, whatever became of it later. "
             "Accepted means that the person said yes and the checks began."),
            ("Rate", "Of those who came to the step before. Those sent lately may still be on their way."),
            UNDONE,
        ],
    )  # fmt: skip


def _funnel_table(key, title, heading, rows):
    return Table(
        key=key,
        title=title,
        headings=[
            heading,
            STEPS[0],
            *(part for name in STEPS[1:] for part in (name, f"{name}: rate")),
        ],
        rows=[[name, *_with_rates(numbers)] for name, numbers in rows],
        empty="No application was sent in this period.",
    )


def _with_rates(numbers):
    cells = [numbers[0]]
    for before, number in itertools.pairwise(numbers):
        cells += [number, f"{number / before:.0%}" if before else "–"]
    return cells


def _sum(rows):
    return [sum(column) for column in zip([0] * len(HAPPY_PATH), *rows, strict=True)]


def time_per_stage(filters, on):
    """How long each stage took those who left it in the period."""
    times = stages.times_of_stages(filters)
    return Report(
        title="Time per stage",
        lead="How many days applications stayed at each stage before the next step.",
        charts=[
            Chart(
                "Median days at each stage",
                [(row.state.label, f"{row.median:.1f}") for row in times],
                "days",
            )
        ],
        tables=[
            Table(
                key="stages",
                title="Days at each stage",
                headings=["Stage", "Applications", "Median days", "90 in 100 within, days"],
                rows=[
                    [row.state.label, row.number, f"{row.median:.1f}", f"{row.ninetieth:.1f}"]
                    for row in times
                ],
                empty="No application left a stage in this period.",
            )
        ],
        definitions=[
            ("Time at a stage", "From the step to it to the next step, whole days and parts of days, for "
             "those that left it in the period. Those that are there still are on the board."),
            ("Median", "Half of the applications took less, half took more."),
            ("90 in 100 within", "Nine of ten took no longer than this."),
            UNDONE,
        ],
    )  # fmt: skip


def withdrawals(filters, on):
    """Why and when people withdrew in the period; those with an offer apart."""
    rows = stages.withdrawn(filters)
    early = [row for row in rows if row[1] not in AFTER_AN_OFFER]
    late = [row for row in rows if row[1] in AFTER_AN_OFFER]
    return Report(
        title="Withdrawals",
        lead="Why people withdrew, and how far they had come.",
        figures=[(_number(early), "withdrew before an offer"), (_number(late), "with an offer")],
        charts=[
            Chart("Reasons before an offer", _by_reason(early), "people"),
            Chart("Reasons with an offer", _by_reason(late), "people"),
        ],
        tables=[
            _reasons("reasons", "Reasons before an offer", early),
            _reasons("offers", "Reasons with an offer", late),
            _by_stage("stages", "How far they had come", rows),
        ],
        definitions=[
            ("With an offer", "They withdrew at “Offer made” or “Checks before you start”."),
            ("Reason", "What the person chose when they withdrew. They need not choose any."),
            UNDONE,
        ],
    )


def refusals(filters, on):
    """At which stage applications were turned down in the period."""
    rows = stages.turned_down(filters)
    jobs = _jobs({vacancy for vacancy, _, _ in rows})
    by_job = {}
    for vacancy, before, number in rows:
        by_job.setdefault(vacancy, Counter())[before] += number
    columns = [state for state in HAPPY_PATH if state != S.HIRED]
    return Report(
        title="Refusals by stage",
        lead="At which stage applications were turned down.",
        figures=[(_number(rows), "turned down in the period")],
        charts=[Chart("Turned down at each stage", _stage_rows(rows), "people")],
        tables=[
            _by_stage("stages", "By stage", rows),
            Table(
                key="jobs",
                title="By job",
                headings=["Job", *(state.label for state in columns), "Together"],
                rows=[
                    [advert_link(jobs[pk]), *(of[state] for state in columns), sum(of.values())]
                    for pk, of in sorted(by_job.items(), reverse=True)
                ],
                empty="Nobody was turned down in this period.",
            ),
        ],
        definitions=[
            ("Stage", "Where the application was when it was turned down."),
            UNDONE,
        ],
    )


def _jobs(keys):
    found = Vacancy.objects.without_long_texts().select_related("role").filter(pk__in=list(keys))
    return {job.pk: job for job in found}


def _number(rows):
    return sum(row[-1] for row in rows)


def _by_reason(rows):
    """Return (reason in words, number), the most frequent first."""
    counted = Counter()
    for _, _, reason, number in rows:
        counted[WithdrawalReason(reason).label if reason else NO_REASON] += number
    return sorted(counted.items(), key=lambda row: (-row[1], row[0]))


def _reasons(key, title, rows):
    return Table(key, title, ["Reason", "People"], [list(row) for row in _by_reason(rows)],
                 "Nobody withdrew in this period.")  # fmt: skip


def _stage_rows(rows):
    counted = Counter()
    for row in rows:
        counted[row[1]] += row[-1]
    return [(state.label, counted[state]) for state in HAPPY_PATH if counted[state]]


def _by_stage(key, title, rows):
    return Table(key, title, ["Stage", "People"], [list(row) for row in _stage_rows(rows)],
                 "Nobody in this period.")  # fmt: skip

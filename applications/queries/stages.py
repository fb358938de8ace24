"""How far applications came and how long each stage took, in SQL, from their steps.

A step that was undone counts as if it had never been: a decision of the shortlisting that was taken back,
and a withdrawal that was taken back. The step that undid it goes with it, so the time goes on in the stage
before.
"""

from dataclasses import dataclass

from django.db import connection

from accounts.retention import start_of
from applications.states import HAPPY_PATH, UNDOING, ApplicationState

# What stands: (application, from, to, at), without what was undone and what undid it.
STANDING = """
    with steps as (
        select m.application_id, m.from_state, m.to_state, m.moved_at, m.id,
               a.vacancy_id, a.submitted_at, a.withdrawal_reason,
               lead(m.id) over each_one as next_id
        from applications_applicationmove m
        join applications_application a on a.id = m.application_id
        join vacancies_vacancy v on v.id = a.vacancy_id
        join organisation_role r on r.id = v.role_id
        left join organisation_district d on d.id = v.district_id
        where a.submitted_at is not null
          and (%(family)s = '' or r.family = %(family)s)
          and (%(district)s = '' or d.slug = %(district)s)
        window each_one as (partition by m.application_id order by m.moved_at, m.id)
    ),
    not_taken_back as (
        select *, lead(to_state) over (partition by application_id order by moved_at, id) as after
        from steps
        where from_state <> 'withdrawn' and not (to_state = 'withdrawn' and next_id is not null)
    ),
    standing as (
        select * from not_taken_back
        where (from_state, to_state) not in %(undoing)s
          and (after is null or (to_state, after) not in %(undoing)s)
    )
"""
FURTHEST = f"""
{STANDING}
    , furthest as (
        select application_id, vacancy_id,
               max(array_position(%(path)s::text[], to_state::text)) as stage
        from standing
        where submitted_at >= %(since)s and submitted_at < %(until)s
        group by application_id, vacancy_id
    )
    select vacancy_id, stage, count(*) from furthest where stage is not null
    group by vacancy_id, stage
"""  # noqa: S608 (made of our own texts alone)
TIMES = f"""
{STANDING}
    , spells as (
        select to_state as stage, moved_at as began,
               lead(moved_at) over (partition by application_id order by moved_at, id) as ended
        from standing
    )
    select stage, count(*),
           percentile_cont(0.5) within group (order by extract(epoch from ended - began) / 86400),
           percentile_cont(0.9) within group (order by extract(epoch from ended - began) / 86400)
    from spells
    where ended is not null and ended >= %(since)s and ended < %(until)s
    group by stage
"""  # noqa: S608 (made of our own texts alone)
ENDED = f"""
{STANDING}
    select vacancy_id, from_state, withdrawal_reason, count(*)
    from standing
    where to_state = %(to_state)s and moved_at >= %(since)s and moved_at < %(until)s
    group by vacancy_id, from_state, withdrawal_reason
"""  # noqa: S608 (made of our own texts alone)


@dataclass(frozen=True)
class StageTime:
    """How long a stage took those who left it in the period, in days with one decimal."""

    state: ApplicationState
    number: int
    median: float
    ninetieth: float


def furthest_stages(filters):
    """Return {vacancy: how many came to each stage of the happy path or further} of those sent in the period."""
    found = {}
    for vacancy, stage, number in _ask(FURTHEST, filters):
        reached = found.setdefault(vacancy, [0] * len(HAPPY_PATH))
        for before in range(stage):
            reached[before] += number
    return found


def times_of_stages(filters):
    """Return a StageTime for each stage that anybody left in the period, in the order of the stages."""
    found = {row[0]: row[1:] for row in _ask(TIMES, filters)}
    return [
        StageTime(state, number, round(median, 1), round(ninetieth, 1))
        for state in HAPPY_PATH
        if state in found
        for number, median, ninetieth in [found[state]]
    ]


def withdrawn(filters):
    """Return (vacancy, state before, reason, how many) of the withdrawals of the period that stand."""
    return _ask(ENDED, filters, to_state=ApplicationState.WITHDRAWN)


def turned_down(filters):
    """Return (vacancy, state before, how many) of the refusals of the period that stand."""
    rows = _ask(ENDED, filters, to_state=ApplicationState.UNSUCCESSFUL)
    return [(vacancy, before, number) for vacancy, before, _, number in rows]


def _ask(sql, filters, **facts):
    days_after = filters.until.fromordinal(filters.until.toordinal() + 1)
    given = {
        "family": filters.family,
        "district": filters.district,
        "since": start_of(filters.since),
        "until": start_of(days_after),
        "undoing": tuple((str(before), str(after)) for before, after in sorted(UNDOING)),
        "path": [str(state) for state in HAPPY_PATH],
        **{name: str(value) for name, value in facts.items()},
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()

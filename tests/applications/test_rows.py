"""Sections with several rows: adding, changing and removing them, and saying that they are all."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.models import AuditEvent
from applications.actions import (
    add_row,
    change_row,
    finish_rows,
    history,
    remove_row,
    save_left_education,
    submit_application,
)
from applications.exceptions import AlreadySent, SavedElsewhere, TooManyRows, VacancyClosed
from applications.models import Employment, Gap, Qualification, SectionSave, TrainingTaken
from applications.sections import Held, section_of
from applications.states import ApplicationEvent
from tests.applications.test_actions import close
from tests.applications.test_races import at_once, second_while_first_is_paused
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.history import (
    EmploymentFactory,
    GapFactory,
    QualificationFactory,
    finish,
)

pytestmark = pytest.mark.django_db

DEGREE = {
    "title": "BA Social Work",
    "awarded_by": "Eastcliff University",
    "result": "",
    "finished_on": date(2027, 6, 1),
}


@pytest.fixture
def application():
    return ApplicationFactory(answers=False)


@pytest.fixture
def september():
    """The fifteenth of September 2019."""
    with time_machine.travel(datetime(2019, 9, 15, 10, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def add(application, model=Qualification, answers=DEGREE, key=None, by=None):
    return add_row(
        application=application,
        model=model,
        one_time_key=key or uuid4(),
        answers=answers,
        by=by or application.applicant,
    )


def section(application, name="qualifications"):
    return section_of(Held(type(application).objects.get(pk=application.pk)), name)


def events(application):
    lines = AuditEvent.objects.filter(subject_id=application.pk).order_by("pk")
    return [(line.event, line.facts.get("section")) for line in lines]


def test_a_row_is_added_and_noted(application):
    row = add(application)

    assert {name: getattr(row, name) for name in DEGREE} == DEGREE
    assert section(application).version == 1
    assert section(application).is_whole is False
    assert events(application) == [(ApplicationEvent.SECTION_SAVED, "qualifications")]


def test_the_same_form_sent_again_adds_nothing_and_says_nothing(application):
    key = uuid4()

    rows = [add(application, key=key) for _ in range(3)]

    assert {row.pk for row in rows} == {Qualification.objects.get().pk}
    assert section(application).version == 1
    assert len(events(application)) == 1


def test_the_same_form_with_other_words_loses_neither(application):
    key = uuid4()
    add(application, key=key)
    add(application, key=key, answers={**DEGREE, "title": "MA Social Work"})

    titles = Qualification.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["BA Social Work", "MA Social Work"]


def test_a_key_of_somebody_elses_form_gives_nothing_of_theirs(application):
    theirs = QualificationFactory(application=ApplicationFactory(answers=False))

    mine = add(application, key=theirs.one_time_key)

    assert mine.pk != theirs.pk
    assert mine.application_id == application.pk


@pytest.mark.django_db(transaction=True)
def test_a_double_click_adds_one_row():
    application, key = ApplicationFactory(answers=False), uuid4()

    made = at_once(*[lambda: add(application, key=key).pk] * 3)

    assert made == [Qualification.objects.get().pk] * 3


def add_while_another_is_added(monkeypatch, application, key):
    """Add a row while the same form, sent a moment before, is held up. Returns what became of it."""
    outcome = []

    def add_second():
        try:
            outcome.append(add(application, key=key).pk)
        except IntegrityError:
            outcome.append("an error page")

    def add_first():
        add(application, key=key)

    second_while_first_is_paused(
        monkeypatch, history, "_rows_changed", first=add_first, second=add_second
    )
    return outcome


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_clicks_waits_for_the_first_and_finds_its_row(monkeypatch):
    application = ApplicationFactory(answers=False)

    outcome = add_while_another_is_added(monkeypatch, application, uuid4())

    assert outcome == [Qualification.objects.get().pk]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_of_two_clicks_would_be_an_error(monkeypatch):
    """The lock is what the test above holds on to: take it away, and the key alone refuses the row."""
    application = ApplicationFactory(answers=False)
    monkeypatch.setattr(history, "lock_draft", lambda application, by: application)

    outcome = add_while_another_is_added(monkeypatch, application, uuid4())

    assert outcome == ["an error page"]
    assert Qualification.objects.count() == 1


def test_there_is_room_for_so_many_rows(application, settings):
    settings.APPLICATION_ROWS_MOST = 2
    add(application)
    add(application)

    with pytest.raises(TooManyRows) as refused:
        add(application)

    assert refused.value.most == 2
    assert Qualification.objects.count() == 2


def test_a_row_is_changed(application):
    row = QualificationFactory(application=application)

    change_row(row=row, answers=DEGREE, version=0, by=application.applicant)

    row.refresh_from_db()
    assert {name: getattr(row, name) for name in DEGREE} == DEGREE
    assert section(application).version == 1


def test_an_older_page_does_not_write_over_what_another_saved(application):
    row = QualificationFactory(application=application)
    newer = {**DEGREE, "result": "2:1"}
    change_row(row=row, answers=newer, version=0, by=application.applicant)

    with pytest.raises(SavedElsewhere) as conflict:
        change_row(row=row, answers=DEGREE, version=0, by=application.applicant)

    assert conflict.value.saved.version == 1
    row.refresh_from_db()
    assert row.result == "2:1"


def test_a_change_sent_twice_is_made_once(application):
    row = QualificationFactory(application=application)
    for _ in range(2):
        change_row(row=row, answers=DEGREE, version=0, by=application.applicant)

    assert section(application).version == 1


def test_a_row_that_is_gone_is_not_written_again(application):
    row = QualificationFactory(application=application)
    remove_row(row=row, version=0, by=application.applicant)

    with pytest.raises(Qualification.DoesNotExist):
        change_row(row=row, answers=DEGREE, version=1, by=application.applicant)


def test_a_row_is_not_removed_from_a_page_that_shows_something_older(application):
    row = QualificationFactory(application=application)
    change_row(row=row, answers=DEGREE, version=0, by=application.applicant)

    with pytest.raises(SavedElsewhere):
        remove_row(row=row, version=0, by=application.applicant)

    remove_row(row=row, version=1, by=application.applicant)
    assert Qualification.objects.count() == 0


def test_that_is_all_makes_the_section_whole(application):
    add(application)

    finish_rows(application=application, name="qualifications", version=1, by=application.applicant)

    assert section(application).is_whole is True
    assert section(application).version == 2


def test_that_is_all_pressed_twice_is_said_once(application):
    for _ in range(2):
        finish_rows(
            application=application, name="qualifications", version=0, by=application.applicant
        )

    assert section(application).version == 1


def test_that_is_all_waits_when_another_tab_has_changed_the_list(application):
    add(application)

    with pytest.raises(SavedElsewhere):
        finish_rows(
            application=application, name="qualifications", version=0, by=application.applicant
        )

    assert section(application).is_whole is False


def test_somebody_without_qualifications_says_so(application):
    before = list(section(application).rows())
    finish_rows(application=application, name="qualifications", version=0, by=application.applicant)

    assert before == []
    assert section(application).is_whole is True
    assert section(application).rows() == [("Your qualifications", "I have no qualifications")]


def test_a_finished_list_stays_finished_until_its_last_row_goes(application):
    first = QualificationFactory(application=application)
    second = QualificationFactory(application=application)
    finish(application, "qualifications")
    person = application.applicant
    whole = []

    change_row(row=first, answers=DEGREE, version=1, by=person)
    whole.append(section(application).is_whole)
    remove_row(row=first, version=2, by=person)
    whole.append(section(application).is_whole)
    remove_row(row=second, version=3, by=person)
    whole.append(section(application).is_whole)

    assert whole == [True, True, False]


def test_a_history_is_whole_when_every_month_has_a_job_or_a_word(september, application):
    person = application.applicant
    missing = [section(application, "employment").missing()]

    save_left_education(
        application=application, left_education_on=date(2019, 2, 1), version=0, by=person
    )
    missing.append(section(application, "employment").missing())
    EmploymentFactory(application=application, began_on=date(2019, 6, 1))
    missing.append(section(application, "employment").missing())
    finish_rows(application=application, name="employment", version=1, by=person)
    half = section(application, "employment").is_whole
    words = {
        "began_on": date(2019, 3, 1),
        "ended_on": date(2019, 5, 1),
        "words": "I looked for work.",
    }
    add(application, Gap, words)
    missing.append(section(application, "employment").missing())
    finish_rows(application=application, name="employment", version=3, by=person)

    assert missing == [
        ["the month you left full-time education"],
        ["what you did from March to September 2019"],
        ["what you did from March to May 2019"],
        [],
    ]
    assert half is False
    assert section(application, "employment").is_whole is True


def test_a_finished_history_opens_again_when_a_month_loses_its_job(september, application):
    application.left_education_on = date(2019, 2, 1)
    application.save()
    job = EmploymentFactory(application=application, began_on=date(2019, 3, 1))
    finish(application, "employment")
    answers = {"ended_on": date(2019, 7, 1), "reason_for_leaving": "The shop closed."}

    change_row(row=job, answers=answers, version=1, by=application.applicant)

    assert section(application, "employment").missing() == [
        "what you did from August to September 2019"
    ]
    assert SectionSave.objects.get(name="employment").finished_at is None


def test_a_month_that_has_passed_since_is_asked_for_too(september, application):
    application.left_education_on = date(2019, 2, 1)
    application.save()
    GapFactory(application=application, began_on=date(2019, 3, 1), ended_on=date(2019, 9, 1))
    finish(application, "employment")
    whole = [section(application, "employment").is_whole]

    september.shift(timedelta(days=16))
    whole.append(section(application, "employment").is_whole)

    assert whole == [True, False]


def test_an_explanation_may_go_without_asking_somebody_who_has_had_no_job_again(application):
    application.left_education_on = date(2031, 6, 1)
    application.save()
    gap = GapFactory(application=application)
    finish(application, "employment")

    remove_row(row=gap, version=1, by=application.applicant)

    assert section(application, "employment").is_whole is True


def test_training_may_be_left_out(application):
    assert section(application, "training").may_be_sent is True
    assert section(application, "qualifications").may_be_sent is False


def in_every_way(application):
    """Each action that writes, on rows that are there."""
    row = QualificationFactory(application=application)

    def acts(by):
        return [
            lambda: add(application, by=by),
            lambda: change_row(row=row, answers=DEGREE, version=0, by=by),
            lambda: remove_row(row=row, version=0, by=by),
            lambda: finish_rows(application=application, name="training", version=0, by=by),
            lambda: save_left_education(
                application=application, left_education_on=date(2015, 6, 1), version=0, by=by
            ),
        ]

    return acts


def refusals(acts):
    raised = []
    for act in acts:
        with pytest.raises((PermissionDenied, AlreadySent, VacancyClosed)) as refused:
            act()
        raised.append(refused.type)
    return raised


def test_nobody_but_its_writers_changes_a_row(application):
    acts = in_every_way(application)

    assert refusals(acts(UserFactory())) == [PermissionDenied] * 5
    assert TrainingTaken.objects.count() + Employment.objects.count() == 0


def test_nothing_changes_after_the_closing_day(application):
    acts = in_every_way(application)
    close(application.vacancy)

    assert refusals(acts(application.applicant)) == [VacancyClosed] * 5


def test_nothing_changes_once_it_is_sent():
    application = ApplicationFactory()
    acts = in_every_way(application)
    submit_application(application=application, by=application.applicant)

    assert refusals(acts(application.applicant)) == [AlreadySent] * 5

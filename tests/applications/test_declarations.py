"""The self-declaration: who is asked, what is stored, who reads it, and what follows from a step."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEvent
from applications.actions import (
    decide_outcome,
    end_readers_who_left,
    move_application,
    name_reader,
    put_on_panel,
    remind_of_declarations,
    remove_reader,
    save_declaration,
    take_withdrawal_back,
    undo_outcome,
    withdraw_application,
)
from applications.exceptions import (
    AnswersMissing,
    DoneMeanwhile,
    NotAReader,
    NotForThePanel,
    SavedElsewhere,
)
from applications.models import Declaration, DeclarationVersion, DisclosureReader
from applications.queries import disclosure as queries
from applications.states import ApplicationState, DeclarationState, DisclosureEvent, Outcome
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.disclosure import (
    MATTER,
    NOTHING,
    SOMETHING,
    DisclosureReaderFactory,
    ReadingPersonFactory,
    at_interview,
    declares,
    read_by,
    readers_for,
)
from tests.factories.shortlisting import (
    PanelistFactory,
    PanelMemberFactory,
    in_shortlisting,
    panel_of,
    read_by_all,
    vacancy_with_criteria,
)
from tests.factories.vacancies import ClosedVacancyFactory
from vacancies.models import DBSLevel

pytestmark = pytest.mark.django_db


def letters(name):
    return Message.objects.filter(template=f"applications/emails/{name}")


def state_of(application):
    return Declaration.objects.get(application=application).state


def test_who_is_invited_is_asked_and_told_of_the_search():
    vacancy = vacancy_with_criteria()
    application = in_shortlisting(vacancy)
    read_by_all(application, panel_of(vacancy))

    decide_outcome(
        application=application,
        outcome=Outcome.INTERVIEW,
        words="",
        reason="",
        mark=None,
        by=HRAdminFactory(),
    )

    assert state_of(application) == DeclarationState.ASKED
    assert application.online_search.state == "due"
    assert [letter.to for letter in letters("declaration_asked")] == [application.applicant.email]


@pytest.mark.parametrize("level", [DBSLevel.NONE, DBSLevel.BASIC])
def test_a_job_that_is_not_exempt_asks_nothing(level):
    application = at_interview(ClosedVacancyFactory(dbs_level=level))

    assert queries.declaration_of(application) is None
    assert queries.what_is_open(application) == []


def test_nobody_is_asked_before_the_shortlist():
    application = in_shortlisting(vacancy_with_criteria())

    assert queries.declaration_of(application) is None


def test_a_decision_undone_ends_the_request_and_drops_the_letter():
    vacancy = vacancy_with_criteria()
    application = in_shortlisting(vacancy)
    read_by_all(application, panel_of(vacancy))
    hr = HRAdminFactory()
    words = {"words": "", "reason": "", "mark": None, "by": hr}
    decision = decide_outcome(application=application, outcome=Outcome.INTERVIEW, **words)

    undo_outcome(decision=decision, reason="A slip", by=hr)

    assert state_of(application) == DeclarationState.ENDED
    assert letters("declaration_asked").count() == 0
    decide_outcome(application=application, outcome=Outcome.INTERVIEW, **words)
    assert state_of(application) == DeclarationState.ASKED
    assert letters("declaration_asked").count() == 1


@pytest.mark.parametrize(
    ("answers", "before", "after"),
    [(None, DeclarationState.ASKED, "asked"), (NOTHING, DeclarationState.SENT, "sent")],
)
def test_a_withdrawal_ends_it_and_taking_that_back_brings_it_as_it_was(answers, before, after):
    application = at_interview()
    if answers:
        declares(application, answers)

    withdraw_application(application=application, by=application.applicant)

    assert state_of(application) == DeclarationState.ENDED
    assert application.online_search.__class__.objects.get().state == "ended"
    take_withdrawal_back(application=application, by=application.applicant)
    assert state_of(application) == before == after
    assert application.online_search.__class__.objects.get().state == "due"


def test_what_is_told_is_stored_encrypted_and_nothing_to_tell_too():
    application = at_interview()
    declares(application, SOMETHING)

    with connection.cursor() as cursor:
        cursor.execute(f"select * from {DeclarationVersion._meta.db_table}")
        [row] = cursor.fetchall()
    texts = [cell for cell in row if isinstance(cell, str) and cell]

    assert [cell.startswith("gAAAA") for cell in texts] == [True] * 4
    assert DeclarationVersion.objects.get().matters == [MATTER]


def test_saving_sends_nothing_and_sending_tells_the_readers_without_a_name():
    application = at_interview()
    readers = readers_for(application.vacancy)

    declares(application, SOMETHING, send=False)
    assert (state_of(application), letters("disclosure_waits").count()) == ("asked", 0)
    declares(application, SOMETHING)

    told = letters("disclosure_waits")
    assert state_of(application) == DeclarationState.SENT
    assert {letter.to for letter in told} == {reader.person.email for reader in readers}
    assert [application.full_name in letter.secret_context for letter in told] == [False, False]


def test_a_correction_takes_the_place_until_it_is_read():
    application = at_interview()
    reader, _ = readers_for(application.vacancy)
    declares(application, NOTHING)

    declares(application, SOMETHING)

    assert read_by(reader, application).matters == [MATTER]
    with pytest.raises(DoneMeanwhile):
        declares(application, NOTHING)


def test_a_correction_that_is_not_sent_is_not_read():
    application = at_interview()
    reader, _ = readers_for(application.vacancy)
    declares(application, NOTHING)
    declares(application, SOMETHING, send=False)

    assert read_by(reader, application).anything == "no"


def test_two_tabs_do_not_overwrite_each_other():
    application = at_interview()
    declares(application, SOMETHING, send=False)

    with pytest.raises(SavedElsewhere):
        declare_at(application, NOTHING, 0)

    assert DeclarationVersion.objects.get().matters == [MATTER]


def declare_at(application, answers, version, send=False):
    return save_declaration(
        application=application,
        answers=answers,
        version=version,
        by=application.applicant,
        send=send,
    )


def test_sending_the_same_words_twice_sends_them_once():
    application = at_interview()
    readers_for(application.vacancy)

    declare_at(application, SOMETHING, 0, send=True)
    declare_at(application, SOMETHING, 0, send=True)

    assert DeclarationVersion.objects.count() == 1
    assert letters("disclosure_waits").count() == 2


@pytest.mark.parametrize(
    "gap",
    [
        {"anything": ""},
        {"anything": "yes", "matters": []},
        {"barred": ""},
        {"safeguarding": ""},
        {"safeguarding": "yes", "safeguarding_words": ""},
    ],
)
def test_what_is_sent_has_no_gaps(gap):
    application = at_interview()

    with pytest.raises(AnswersMissing):
        declares(application, {**NOTHING, **gap})

    assert state_of(application) == DeclarationState.ASKED


def test_only_the_applicant_declares():
    application = at_interview()

    with pytest.raises(PermissionDenied):
        save_declaration(application=application, answers=NOTHING, version=0, by=HRAdminFactory())


def test_each_opening_is_recorded_and_the_line_says_nothing():
    application = at_interview()
    first, second = readers_for(application.vacancy)
    declares(application, SOMETHING)

    read_by(first, application)
    read_by(second, application)

    lines = AuditEvent.objects.filter(event=DisclosureEvent.DECLARATION_OPENED).order_by("pk")
    assert [line.by for line in lines] == [first.person, second.person]
    assert [line.facts for line in lines] == [{}, {}]
    assert Declaration.objects.get().read_by == first.person


@pytest.mark.parametrize(
    "who", ["HR", "another vacancy's reader", "former reader", "lost the role"]
)
def test_nobody_but_the_named_readers_reads(who):
    application = at_interview()
    declares(application, SOMETHING)
    if who == "HR":
        person = HRAdminFactory()
    elif who == "another vacancy's reader":
        person = DisclosureReaderFactory().person
    else:
        reader = DisclosureReaderFactory(vacancy=application.vacancy)
        person = reader.person
        if who == "former reader":
            remove_reader(reader=reader, by=HRAdminFactory())
        else:
            person.roles = []
            person.save()

    with pytest.raises(PermissionDenied):
        read_by(DisclosureReader(person=type(person).objects.get(pk=person.pk)), application)


def test_hr_sees_the_same_whether_or_not_there_was_something_to_tell():
    shown = []
    for answers in (NOTHING, SOMETHING):
        application = at_interview()
        declares(application, answers)
        status = queries.status_for_hr(application)
        shown.append({key: status[key] for key in ("is_sent", "state", "open", "decision")})

    assert shown[0] == shown[1]
    assert shown[0]["state"] == "Sent"


def test_hr_names_two_readers_and_not_a_third():
    vacancy, hr = ClosedVacancyFactory(), HRAdminFactory()
    for _ in range(2):
        person = ReadingPersonFactory()
        name_reader(vacancy=vacancy, person=person, job_title="Head of safeguarding", by=hr)

    with pytest.raises(NotAReader):
        name_reader(vacancy=vacancy, person=ReadingPersonFactory(), job_title="Third", by=hr)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureReaderFactory(vacancy=vacancy, place=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureReaderFactory(vacancy=vacancy, place=3)

    assert vacancy.disclosure_readers.serving().count() == 2


def test_nobody_is_reader_and_on_the_panel():
    vacancy, hr = ClosedVacancyFactory(), HRAdminFactory()
    member = PanelMemberFactory(vacancy=vacancy).person
    member.roles = ["panel_member", "disclosure_reader"]
    member.save()
    reader = PanelistFactory(roles=["panel_member", "disclosure_reader"])
    name_reader(vacancy=vacancy, person=reader, job_title="Head of service", by=hr)

    with pytest.raises(NotAReader):
        name_reader(
            vacancy=vacancy, person=type(member).objects.get(pk=member.pk), job_title="x", by=hr
        )
    with pytest.raises(NotForThePanel):
        put_on_panel(vacancy=vacancy, person=reader, is_lead=False, by=hr)


@pytest.mark.parametrize("person", [UserFactory, PanelistFactory])
def test_a_reader_needs_the_role(person):
    with pytest.raises(NotAReader):
        name_reader(
            vacancy=ClosedVacancyFactory(), person=person(), job_title="x", by=HRAdminFactory()
        )


def test_only_hr_names_readers():
    with pytest.raises(PermissionDenied):
        name_reader(
            vacancy=ClosedVacancyFactory(),
            person=ReadingPersonFactory(),
            job_title="x",
            by=UserFactory(),
        )


def test_who_lost_the_role_is_taken_off():
    reader, stays = readers_for(ClosedVacancyFactory())
    reader.person.roles = []
    reader.person.save()

    end_readers_who_left()

    assert list(DisclosureReader.objects.serving()) == [stays]


def test_the_reminder_comes_once_after_two_working_days(time_machine):
    time_machine.move_to("2026-11-20 10:00+00:00")  # a Friday
    at_interview()
    sent = []
    for day in ("2026-11-21", "2026-11-23", "2026-11-24", "2026-11-24", "2026-11-25"):
        time_machine.move_to(f"{day} 09:05+00:00")
        sent.append(remind_of_declarations(on=date.fromisoformat(day)))

    assert sent == [0, 0, 1, 0, 0]
    assert letters("declaration_reminder").count() == 1


def test_who_has_sent_it_is_not_reminded(time_machine):
    time_machine.move_to("2026-11-16 10:00+00:00")
    declares(at_interview(), NOTHING)
    time_machine.move_to("2026-11-24 10:00+00:00")

    assert remind_of_declarations(on=date(2026, 11, 24)) == 0


def test_an_unsuccessful_end_ends_what_is_open():
    application = at_interview()

    move_application(
        application=application,
        to_state=ApplicationState.UNSUCCESSFUL,
        by=HRAdminFactory(),
        words="Thank you for coming.",
    )

    assert state_of(application) == DeclarationState.ENDED

"""The checks before somebody starts: which are begun, what is noted of each, and what is open."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from applications.actions import (
    begin_missing_checks,
    confirm_check,
    confirm_left_out,
    doubt_check,
    hand_check_on,
    leave_check_out,
    note_what_was_seen,
    take_check_up,
    take_withdrawal_back,
    undo_confirmation,
    withdraw_application,
)
from applications.actions.checks import begin_checks_of
from applications.exceptions import (
    CannotBeLeftOut,
    FactsMissing,
    ReferencesMissing,
    SamePerson,
    WordsMissing,
)
from applications.models import Check, CheckKind, RegistrationCheck, RequiredCheck
from applications.queries.checks import (
    may_start_without_title,
    needs_of,
    open_checks,
    right_to_work_running_out,
    what_is_open,
)
from applications.states import CHECK_TRANSITIONS, ApplicationState, CheckNature, CheckState
from organisation.models import RoleFamily
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.checks import (
    accept_references,
    check_of,
    facts,
    load_kinds,
    offered,
    see,
    settle,
    settle_all,
    social_worker_role,
)
from tests.factories.offers import step_on
from tests.factories.organisation import RoleFactory

pytestmark = pytest.mark.django_db
EVERYTHING = [
    "identity",
    "right_to_work",
    "dbs",
    "references",
    "registration",
    "qualifications",
    "health",
    "overseas",
]


def natures(role, on):
    return [need.kind.nature for need in needs_of(role, on)]


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def hr():
    return HRAdminFactory()


# --- Who needs what -------------------------------------------------------------------------------


def test_a_social_worker_needs_every_kind_of_check(today):
    load_kinds()

    assert natures(social_worker_role(), today) == EVERYTHING


def test_a_role_without_the_title_needs_no_registration(today):
    load_kinds()
    family = RoleFamily.FAMILY_SUPPORT

    assert natures(RoleFactory(family=family), today) == [
        "identity",
        "right_to_work",
        "dbs",
        "references",
        "health",
        "overseas",
    ]


def test_loading_again_keeps_what_hr_has_changed():
    load_kinds()
    CheckKind.objects.filter(slug="identity").update(name="Who you are")
    RequiredCheck.objects.filter(kind__slug="health").delete()
    before = RequiredCheck.objects.count()

    call_command("load_check_kinds")

    assert CheckKind.objects.get(slug="identity").name == "Who you are"
    assert RequiredCheck.objects.count() == before


def test_a_row_of_the_role_goes_before_its_family_and_a_later_one_before_an_earlier(today):
    load_kinds()
    role, kind = RoleFactory(), CheckKind.objects.get(slug="overseas")
    RequiredCheck.objects.create(role=role, kind=kind, is_needed=False, starts_on=today)

    assert "overseas" not in natures(role, today)
    assert "overseas" in natures(role, today - timedelta(days=1))
    RequiredCheck.objects.create(role=role, kind=kind, starts_on=today + timedelta(days=5))
    assert "overseas" in natures(role, today + timedelta(days=5))


def test_a_row_that_is_over_counts_no_more(today):
    load_kinds()
    RequiredCheck.objects.filter(kind__slug="health").update(ends_on=today)

    assert "health" in natures(RoleFactory(), today)
    assert "health" not in natures(RoleFactory(), today + timedelta(days=1))


def test_no_row_can_spare_a_protected_title_its_registration(today):
    load_kinds()
    role, kind = social_worker_role(), CheckKind.objects.get(slug="registration")
    RequiredCheck.objects.create(role=role, kind=kind, is_needed=False, starts_on=today)

    assert "registration" in natures(role, today)


# --- Begun ----------------------------------------------------------------------------------------


def test_an_offer_begins_the_checks_of_the_role():
    application = offered()

    checks = application.checks.select_related("kind")
    assert [check.kind.nature for check in checks.order_by("kind__position")] == EVERYTHING
    assert {check.state for check in checks} == {CheckState.WAITING}
    assert check_of(application, "references").holder == "referee"
    assert check_of(application, "dbs").needs_second_person is True
    assert check_of(application, "dbs").valid_months == 6


def test_saying_yes_begins_nothing_twice(hr):
    application = offered()
    before = set(application.checks.values_list("pk", flat=True))

    step_on(application, ApplicationState.CHECKS, by=hr)

    assert set(application.checks.values_list("pk", flat=True)) == before


def test_following_a_step_twice_makes_no_second_row():
    application = offered()

    begin_checks_of(application, application.moves.last())

    assert application.checks.count() == len(EVERYTHING)


def test_a_withdrawn_application_has_no_open_checks_until_it_is_taken_back():
    application = offered()
    withdraw_application(application=application, by=application.applicant)
    assert list(open_checks()) == []

    take_withdrawal_back(application=application, by=application.applicant)

    assert len(open_checks()) == len(EVERYTHING)


def test_what_a_role_comes_to_need_later_is_begun_when_hr_says_so(hr, today):
    application = offered()
    kind = CheckKind.objects.create(slug="driving", name="Driving licence", position=9)
    role = application.vacancy.role
    RequiredCheck.objects.create(role=role, kind=kind, starts_on=today)
    assert "Driving licence: nobody has begun this check." in what_is_open(application, today)

    assert begin_missing_checks(application=application, by=hr) == 1
    assert begin_missing_checks(application=application, by=hr) == 0


# --- Seen and confirmed ---------------------------------------------------------------------------


def test_a_check_says_what_was_seen_when_and_by_whom(hr, today):
    check = check_of(offered(), "identity")

    see(check, hr, number="123456789")
    check = confirm_check(check=check, by=hr)

    assert (check.state, check.seen_on, check.seen_by) == ("confirmed", today, hr)
    assert (check.confirmed_by, check.number) == (hr, "123456789")
    assert [step.to_state for step in check.steps.all()] == ["waiting", "seen", "confirmed"]


@pytest.mark.parametrize(
    ("nature", "left_out"),
    [
        ("identity", "what_was_seen"),
        ("identity", "seen_on"),
        ("dbs", "number"),
        ("dbs", "issued_on"),
        ("dbs", "level"),
        ("dbs", "outcome"),
        ("right_to_work", "way"),
    ],
)
def test_a_check_is_never_a_bare_tick(nature, left_out, hr):
    check = check_of(offered(), nature)

    with pytest.raises(FactsMissing, match=left_out):
        note_what_was_seen(check=check, by=hr, **facts(nature) | {left_out: None})


def test_a_permission_that_ends_needs_a_day_to_look_again(hr, today):
    check = check_of(offered(), "right_to_work")
    ends = today + timedelta(days=200)

    with pytest.raises(FactsMissing, match="follow_up_on"):
        see(check, hr, expires_on=ends)
    see(check, hr, expires_on=ends, follow_up_on=ends - timedelta(days=40))


def test_who_saw_it_cannot_be_the_second_person(hr):
    check = see(check_of(offered(), "dbs"), hr)

    with pytest.raises(SamePerson):
        confirm_check(check=check, by=hr)
    second = HRAdminFactory()
    check = confirm_check(check=check, by=second)
    assert (check.seen_by, check.second_by) == (hr, second)


def test_the_database_refuses_the_same_person_twice(hr):
    check = see(check_of(offered(), "dbs"), hr)
    now = timezone.now()

    with (
        pytest.raises(IntegrityError, match="check_second_person_is_another"),
        transaction.atomic(),
    ):
        Check.objects.filter(pk=check.pk).update(
            state="confirmed", second_by=hr, second_at=now, confirmed_by=hr, confirmed_at=now
        )


def test_the_database_refuses_a_confirmed_check_without_who_and_when():
    check = check_of(offered(), "identity")

    with (
        pytest.raises(IntegrityError, match="check_confirmed_says_who_and_when"),
        transaction.atomic(),
    ):
        Check.objects.filter(pk=check.pk).update(state="confirmed")


def test_the_database_refuses_one_person_where_two_are_needed(hr):
    check = see(check_of(offered(), "dbs"), hr)

    with (
        pytest.raises(IntegrityError, match="check_confirmed_by_a_second_person"),
        transaction.atomic(),
    ):
        Check.objects.filter(pk=check.pk).update(
            state="confirmed", confirmed_by=hr, confirmed_at=timezone.now()
        )


def test_nobody_records_their_own_checks():
    me = HRAdminFactory()
    check = check_of(offered(applicant=me), "identity")

    for act in (
        lambda: see(check, me),
        lambda: confirm_check(check=check, by=me),
        lambda: hand_check_on(check=check, holder="hr", next_step="Look", by=me),
        lambda: leave_check_out(check=check, reason="I know myself", by=me),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_nobody_without_the_permission_records_a_check():
    with pytest.raises(PermissionDenied):
        see(check_of(offered(), "identity"), UserFactory(roles=["hiring_manager"]))


def test_no_check_is_recorded_once_the_application_is_withdrawn(hr):
    application = offered()
    check = check_of(application, "identity")
    withdraw_application(application=application, by=application.applicant)

    with pytest.raises(PermissionDenied):
        see(check, hr)


def test_handing_on_says_who_has_it_and_since_when(hr):
    check = check_of(offered(), "dbs")

    check = hand_check_on(check=check, holder="dbs", next_step="Wait for the certificate", by=hr)

    assert (check.state, check.holder, check.next_step) == (
        "held",
        "dbs",
        "Wait for the certificate",
    )
    first = check.held_since
    again = hand_check_on(check=check, holder="dbs", next_step="Ring them", by=hr)
    assert again.held_since == first


def test_a_problem_and_what_is_not_needed_want_their_reason(hr):
    application = offered()

    with pytest.raises(WordsMissing):
        doubt_check(check=check_of(application, "identity"), reason=" ", by=hr)
    with pytest.raises(WordsMissing):
        leave_check_out(check=check_of(application, "overseas"), reason="", by=hr)
    check = leave_check_out(
        check=check_of(application, "overseas"), reason="Has never lived abroad.", by=hr
    )
    assert (check.state, check.reason) == ("unneeded", "Has never lived abroad.")


def test_a_confirmation_is_taken_back_with_a_reason_and_a_permission(hr):
    application = offered()
    check = settle(check_of(application, "identity"))

    with pytest.raises(WordsMissing):
        undo_confirmation(check=check, reason="", by=hr)
    with pytest.raises(PermissionDenied):
        undo_confirmation(check=check, reason="Wrong person", by=UserFactory())
    check = undo_confirmation(check=check, reason="Wrong person", by=hr)

    assert (check.state, check.confirmed_by, check.holder) == ("held", None, "hr")
    assert check.steps.last().words == "Wrong person"


def test_nothing_is_taken_back_once_the_person_is_appointed(hr):
    application = offered()
    check = settle(check_of(application, "identity"))
    step_on(application, ApplicationState.CHECKS, by=hr)
    step_on(application, ApplicationState.HIRED, by=hr)

    with pytest.raises(PermissionDenied):
        undo_confirmation(check=check, reason="Too late", by=hr)


def test_a_right_to_work_is_looked_at_again_after_the_start(hr, today):
    application = offered()
    check = check_of(application, "right_to_work")
    ends = today + timedelta(days=20)
    settle(check, expires_on=ends, follow_up_on=today)
    step_on(application, ApplicationState.CHECKS, by=hr)
    step_on(application, ApplicationState.HIRED, by=hr)
    assert [found.pk for found in right_to_work_running_out(today)] == [check.pk]

    settle(check)

    assert list(right_to_work_running_out(today)) == []


@pytest.mark.parametrize("before", list(CheckState))
@pytest.mark.parametrize("after", list(CheckState))
def test_the_table_says_what_may_follow(before, after):
    check = Check(state=before)

    if after in CHECK_TRANSITIONS[before]:
        check.move_to(after)
        assert check.state == after
    else:
        with pytest.raises(InvalidTransition):
            check.move_to(after)


def test_words_are_encrypted_and_never_in_the_history_or_the_audit(hr):
    secret = "Plover passport 998877"
    check = see(check_of(offered(), "identity"), hr, what_was_seen=secret, number="998877")

    rows = Check.objects.filter(pk=check.pk).extra(select={"raw": "what_was_seen"})
    assert secret not in str(rows.values_list("raw", flat=True)[0])
    columns = {field.name for field in Check.pgh_event_model._meta.get_fields()}
    assert columns.isdisjoint({"what_was_seen", "number", "next_step", "reason"})
    assert "998877" not in str(list(AuditEvent.objects.values()))


# --- Left out -------------------------------------------------------------------------------------


@pytest.mark.parametrize("nature", ["right_to_work", "identity", "dbs", "registration"])
def test_nobody_leaves_out_what_nobody_starts_without(nature, hr):
    check = check_of(offered(), nature)

    with pytest.raises(CannotBeLeftOut):
        leave_check_out(check=check, reason="I know the person.", by=hr)

    check.refresh_from_db()
    assert check.state == "waiting"


def test_a_certificate_that_the_role_needs_no_more_can_be_left_out_by_two_people(hr, today):
    application = offered()
    check, role = check_of(application, "dbs"), application.vacancy.role
    row = RequiredCheck.objects.create(role=role, kind=check.kind, is_needed=False, starts_on=today)

    leave_check_out(check=check, reason="The work is in the office alone.", by=hr)
    confirm_left_out(check=check, by=HRAdminFactory())
    assert not any(sentence.startswith("Enhanced") for sentence in what_is_open(application, today))

    row.delete()
    assert f"{check.kind}: it was left out, and cannot be. Take it up again." in what_is_open(
        application, today
    )


def test_what_needs_a_second_person_is_not_left_out_by_one_alone(hr, today):
    application = offered()
    check = check_of(application, "references")

    check = leave_check_out(check=check, reason="They worked here until May.", by=hr)
    assert (check.state, check.is_done) == ("leaving", False)
    open_sentence = "said not to be needed, and a second person is still to confirm it."
    assert f"{check.kind}: {open_sentence}" in what_is_open(application, today)
    with pytest.raises(SamePerson):
        confirm_left_out(check=check, by=hr)
    check = confirm_left_out(check=check, by=HRAdminFactory())

    assert (check.state, check.reason) == ("unneeded", "They worked here until May.")
    events = AuditEvent.objects.filter(event__contains="not_needed").order_by("pk")
    assert [row.event for row in events] == ["check_said_not_needed", "check_not_needed"]


def test_nobody_confirms_that_a_check_is_not_needed_of_which_nobody_said_so(hr):
    with pytest.raises(InvalidTransition):
        confirm_left_out(check=check_of(offered(), "references"), by=hr)


def test_what_was_left_out_is_taken_up_again_with_a_reason_and_a_permission(hr, today):
    application = offered()
    check = check_of(application, "overseas")
    check = leave_check_out(check=check, reason="Has never lived abroad.", by=hr)

    with pytest.raises(WordsMissing):
        take_check_up(check=check, reason=" ", by=hr)
    with pytest.raises(PermissionDenied):
        take_check_up(check=check, reason="A year in Spain", by=UserFactory())
    with pytest.raises(InvalidTransition):
        hand_check_on(check=check, holder="abroad", next_step="Ask", by=hr)
    check = take_check_up(check=check, reason="A year in Spain", by=hr)

    assert (check.state, check.holder, check.reason) == ("held", "hr", "")
    assert check.steps.last().words == "A year in Spain"
    assert any(sentence.startswith("Time abroad") for sentence in what_is_open(application, today))
    assert see(check, hr).state == "seen"


def test_nothing_is_taken_up_again_once_the_person_is_appointed(hr):
    application = offered()
    check = leave_check_out(check=check_of(application, "overseas"), reason="Never.", by=hr)
    step_on(application, ApplicationState.CHECKS, by=hr)
    step_on(application, ApplicationState.HIRED, by=hr)

    with pytest.raises(PermissionDenied):
        take_check_up(check=check, reason="Too late", by=hr)


# --- What is open ---------------------------------------------------------------------------------


def look(application, on, **fields):
    by = HRAdminFactory()
    return RegistrationCheck.objects.create(
        application=application,
        number=application.registration_number,
        name=application.full_name,
        looked_on=on,
        looked_by=by,
        confirmed_at=timezone.now(),
        confirmed_by=by,
        **{"status": "Registered", "is_registered": True} | fields,
    )


def test_nothing_is_open_when_all_is_confirmed_and_the_look_is_fresh(today):
    application = offered()
    settle_all(application)
    look(application, today)

    assert what_is_open(application, today) == []


def test_a_new_offer_has_a_sentence_for_each_check(today):
    application = offered()

    sentences = what_is_open(application, today)

    # The register, the references, the self-declaration and the search online besides.
    assert len(sentences) == len(EVERYTHING) + 4
    day = f"{today:%-d %B %Y}"
    assert sentences[0] == f"Identity: not begun. It lies with the applicant, since {day}."


@pytest.mark.parametrize(("days", "number"), [(0, 0), (13, 0), (14, 1), (400, 1)])
def test_the_look_at_the_register_is_less_than_14_days_old(days, number, today):
    application = offered()
    settle_all(application)
    look(application, today - timedelta(days=days))

    assert len(what_is_open(application, today)) == number


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"is_registered": False, "status": "Suspended"}, "did not say that they may practise"),
        ({"expires_on": date(2026, 1, 1)}, "the registration ran out on 1 January 2026"),
        ({"number": "SW999777"}, "nobody has looked the number up"),
        ({"confirmed_at": None, "confirmed_by": None}, "nobody has looked the number up"),
    ],
)
def test_a_look_that_does_not_say_that_they_may_practise_stands_in_the_way(fields, words, today):
    application = offered()
    settle_all(application)
    made = look(application, today)
    RegistrationCheck.objects.filter(pk=made.pk).update(**fields)

    (sentence,) = what_is_open(application, today)

    assert words in sentence


def test_who_waits_to_be_registered_keeps_a_conditional_offer(today):
    application = offered(registered=False)
    settle_all(application)

    assert what_is_open(application, today) == [
        "Social Work England registration: the applicant waits to be registered, so the offer stays "
        "conditional."
    ]
    assert what_is_open(application, today, without_registration=True) == []


def test_starting_early_is_for_roles_without_the_protected_title():
    application = offered(registered=False)

    assert may_start_without_title(application) is False
    assert may_start_without_title(application, RoleFactory()) is True
    assert may_start_without_title(offered(), RoleFactory()) is False


def test_a_check_that_has_run_out_is_open_again(today):
    application = offered()
    settle_all(application, but=[CheckNature.DBS, CheckNature.RIGHT_TO_WORK])
    look(application, today)
    settle(check_of(application, "dbs"), issued_on=today)
    ends = today + timedelta(days=3)
    settle(check_of(application, "right_to_work"), expires_on=ends, follow_up_on=ends)
    assert what_is_open(application, today) == []

    later = [
        sentence
        for sentence in what_is_open(application, today + timedelta(days=190))
        if "register" not in sentence
    ]

    assert [sentence.split(":")[0] for sentence in later] == [
        "Right to work",
        "Enhanced DBS with the children’s barred list",
    ]


def test_a_certificate_of_a_lower_level_is_not_enough(today):
    application = offered()
    settle_all(application, but=[CheckNature.DBS])
    look(application, today)
    settle(check_of(application, "dbs"), level="basic")

    assert what_is_open(application, today) == [
        "Enhanced DBS with the children’s barred list: the certificate is basic. The work needs "
        "enhanced, with the children’s barred list."
    ]


def test_an_application_from_before_the_checks_says_that_none_is_begun(today):
    load_kinds()
    application = SentApplicationFactory(state=ApplicationState.CHECKS)

    assert len(what_is_open(application, today)) == 7
    assert what_is_open(application, today)[0] == "Identity: nobody has begun this check."


@pytest.mark.parametrize(
    ("accepted", "holder", "next_step"),
    [
        (0, "referee", "Ask both referees"),
        (1, "referee", "Ask the other referee"),
        (2, "hr", "Note that both references are accepted"),
    ],
)
def test_references_that_were_accepted_before_the_offer_count(accepted, holder, next_step):
    load_kinds()
    application = SentApplicationFactory(state=ApplicationState.INTERVIEW)
    accept_references(application, number=accepted)

    step_on(application, ApplicationState.OFFERED, by=HRAdminFactory())

    check = check_of(application, "references")
    assert (check.holder, check.next_step) == (holder, next_step)
    assert check.steps.get().holder == holder


def test_references_are_confirmed_only_once_enough_are_accepted():
    application = offered()
    check = see(check_of(application, "references"))
    accept_references(application, number=1)

    with pytest.raises(ReferencesMissing):
        confirm_check(check=check, by=HRAdminFactory())
    assert check_of(application, "references").state == CheckState.SEEN

    settle(check)
    assert check_of(application, "references").state == CheckState.CONFIRMED

"""What somebody has attended elsewhere already: logged, asked about, confirmed once, and what shows it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.exceptions import UnfitFile
from accounts.models import AuditEvent
from notifications.models import Message
from tests.factories.attending import AttendedFactory, PresenceFactory, day_session
from tests.factories.organisation import StaffMemberFactory
from tests.factories.outside import AttendedElsewhereFactory, OutsideCourseFactory
from tests.factories.training import BookingFactory, officer, staff_user
from training.actions import (
    answer_question,
    confirm_attended,
    decline_attended,
    delete_attended_kept_long_enough,
    delete_evidence_without_a_row,
    let_time_answer_for_attended,
    log_attended,
    open_evidence,
    question_attended,
    withdraw_attended,
)
from training.exceptions import (
    AskedAndDecided,
    AskingFormUsedBefore,
    EndsAfterToday,
    NothingToShow,
    OutOfTheYears,
    RecordedAlready,
)
from training.models import AllowancePolicy, AttendedElsewhere, Evidence, LedgerEntry, Topic
from training.models.attended import half_days_by_day
from training.queries import five_days
from training.queries.outside import attended_to_decide
from training.states import AttendedState, BookingState, OutsideState

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
PDF_BYTES = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG_BYTES = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"IEND\xaeB`\x82"
JPEG_BYTES = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def manager():
    return StaffMemberFactory()


@pytest.fixture
def person(manager):
    return staff_user(line_manager=manager)


def log(person, **changes):
    given = {
        "title": "Winter conference on foster care",
        "organiser": "The Foster Forum",
        "topic": Topic.CARE_AND_ADOPTION,
        "on": date(2029, 12, 4),
        "half_days": 2,
        "learned": "How to talk with birth parents.",
        "link": "",
    }
    return log_attended(by=person, **(given | changes))


def certificate(name="certificate.pdf", content=PDF_BYTES):
    return SimpleUploadedFile(name, content, "text/html")


def told(template):
    rows = Message.objects.filter(template=f"training/emails/{template}")
    return sorted(rows.values_list("to", flat=True))


def attended_days(person):
    return five_days(person, date(2029, 12, 4)).attended


# --- Logging ------------------------------------------------------------------------------------


def test_logging_asks_the_manager_and_counts_for_nothing_yet(person, manager):
    attended = log(person)

    assert attended_to_decide(manager.user, NOW) == [attended]
    assert attended.answer_by == datetime(2030, 1, 8, 17, 0, tzinfo=UTC)
    assert told("attended_logged") == [manager.user.email]
    assert attended_days(person) == 0


def test_who_has_no_manager_is_confirmed_by_the_officers():
    attended, decides = log(staff_user()), officer()

    assert attended.is_late
    assert attended_to_decide(decides, NOW) == [attended]
    assert confirm_attended(attended=attended, by=decides).state == AttendedState.CONFIRMED


@pytest.mark.parametrize("day", [date(2030, 1, 8), date(2028, 3, 31)])
def test_only_days_of_this_year_and_the_last_that_have_come_can_be_logged(person, day):
    with pytest.raises(OutOfTheYears, match="from 1 April 2028 to today"):
        log(person, on=day)


@pytest.mark.parametrize("day", [date(2030, 1, 7), date(2028, 4, 1)])
def test_the_first_and_the_last_of_those_days_can(person, day):
    assert log(person, on=day).on == day


def test_it_needs_words_and_somebody_who_works_here(person):
    with pytest.raises(NothingToShow):
        log(person, learned=" ")
    with pytest.raises(PermissionDenied):
        log(staff_user(left_on=date(2030, 1, 4)))


def test_sending_the_form_twice_logs_once(person):
    key = "9c0e4a3e-6a0e-4a4e-9a51-9d1f1a3b2c4d"

    rows = [log(person, one_time_key=key, file=certificate()) for _ in range(2)]

    assert rows[0] == rows[1]
    assert (AttendedElsewhere.objects.count(), Evidence.objects.count()) == (1, 1)
    with pytest.raises(AskingFormUsedBefore):
        log(staff_user(), one_time_key=key)


# --- What fits ----------------------------------------------------------------------------------

THURSDAY, FRIDAY, SATURDAY = date(2029, 12, 6), date(2029, 12, 7), date(2029, 12, 8)
SUNDAY, NEXT_MONDAY, NEXT_TUESDAY = date(2029, 12, 9), date(2029, 12, 10), date(2029, 12, 11)


@pytest.mark.parametrize(
    ("on", "half_days", "filled"),
    [
        (THURSDAY, 1, [(THURSDAY, 1)]),
        (THURSDAY, 3, [(THURSDAY, 2), (FRIDAY, 1)]),
        (FRIDAY, 4, [(FRIDAY, 2), (NEXT_MONDAY, 2)]),
        (SATURDAY, 4, [(SATURDAY, 2), (SUNDAY, 2)]),
        (SATURDAY, 7, [(SATURDAY, 2), (SUNDAY, 2), (NEXT_MONDAY, 2), (NEXT_TUESDAY, 1)]),
    ],
)
def test_half_days_fill_day_after_day_without_weekends_unless_it_began_on_one(
    on, half_days, filled
):
    assert half_days_by_day(on, half_days) == filled


@pytest.mark.parametrize(
    ("on", "half_days", "last"),
    [
        (date(2030, 1, 7), 9, "Friday 11 January 2030"),
        (date(2030, 1, 7), 3, "Tuesday 8 January 2030"),
        (date(2030, 1, 4), 6, "Tuesday 8 January 2030"),
    ],
)
def test_what_would_end_after_today_is_not_logged(person, on, half_days, last):
    with pytest.raises(EndsAfterToday) as refused:
        log(person, on=on, half_days=half_days)

    assert refused.value.own == (
        f"{half_days} half days from that day end on {last}. Log it once it is over."
    )
    assert AttendedElsewhere.objects.count() == 0


@pytest.mark.parametrize(("on", "half_days"), [(date(2030, 1, 7), 2), (date(2030, 1, 4), 4)])
def test_what_ends_today_is(person, on, half_days):
    assert log(person, on=on, half_days=half_days).half_days == half_days


@pytest.mark.parametrize(
    "state", [AttendedState.ASKED, AttendedState.QUESTIONED, AttendedState.CONFIRMED]
)
def test_one_day_is_not_logged_twice(person, state):
    decided = {"decided_by": officer(), "counts_towards_five": True}
    facts = decided if state == AttendedState.CONFIRMED else {}
    AttendedElsewhereFactory(person=person, on=THURSDAY, half_days=4, state=state, **facts)

    with pytest.raises(RecordedAlready) as refused:
        log(person, on=FRIDAY, half_days=1)

    how_far = "confirmed" if state == AttendedState.CONFIRMED else "not confirmed yet"
    assert refused.value.own == (
        "You have something else on Friday 7 December 2029: Winter conference on foster care, "
        f"attended elsewhere ({how_far}), 1 day. A day is 2 half days, so this does not fit. "
        "Give another day, or fewer half days."
    )


def test_two_half_days_fit_in_one_day_and_a_third_does_not(person):
    rows = [log(person, half_days=1, title=title) for title in ("A talk", "Another talk")]

    assert [row.half_days for row in rows] == [1, 1]
    with pytest.raises(RecordedAlready, match=r"A talk, .*½ day; Another talk, .*½ day"):
        log(person, half_days=1, title="A third")


def test_the_last_half_day_of_a_longer_one_leaves_room_for_another(person):
    log(person, on=THURSDAY, half_days=3)

    assert log(person, on=FRIDAY, half_days=1).on == FRIDAY


def test_what_was_turned_down_or_taken_back_and_other_peoples_is_in_nobodys_way(person, manager):
    decline_attended(attended=log(person), by=manager.user, reason="No.")
    withdraw_attended(attended=log(person), by=person)
    AttendedElsewhereFactory()

    assert log(person).state == AttendedState.ASKED


@pytest.mark.parametrize(
    ("state", "half_days", "words"),
    [
        (BookingState.BOOKED, None, "booked"),
        (BookingState.ATTENDED, 2, "attended"),
    ],
)
def test_nor_a_day_with_a_place_on_a_session(person, state, half_days, words):
    begins = datetime(2029, 12, 4, 9, 30, tzinfo=UTC)
    session = day_session(starts_at=begins, ends_at=begins + timedelta(hours=6))
    BookingFactory(person=person, session=session, state=state, half_days_attended=half_days)

    with pytest.raises(RecordedAlready) as refused:
        log(person, half_days=1)

    what = f"{session.course.title}, a session of ours ({words}), 1 day"
    assert what in refused.value.own


def test_who_did_not_come_to_a_session_may_have_been_elsewhere(person):
    begins = datetime(2029, 12, 4, 9, 30, tzinfo=UTC)
    session = day_session(starts_at=begins, ends_at=begins + timedelta(hours=6))
    BookingFactory(person=person, session=session, state=BookingState.NO_SHOW, half_days_attended=0)

    assert log(person).half_days == 2


def test_of_a_session_attended_in_part_the_half_days_there_count(person):
    begins = datetime(2029, 12, 4, 9, 30, tzinfo=UTC)
    session = day_session(starts_at=begins, ends_at=begins + timedelta(hours=6))
    booking = AttendedFactory(
        person=person,
        session=session,
        state=BookingState.PARTLY_ATTENDED,
        half_days_attended=1,
    )
    PresenceFactory(booking=booking)

    with pytest.raises(RecordedAlready, match=r"partly attended\), ½ day"):
        log(person, half_days=2)
    assert log(person, half_days=1).half_days == 1


@pytest.mark.parametrize("state", [OutsideState.APPROVED, OutsideState.ATTENDED])
def test_nor_a_day_of_an_outside_course(person, state):
    starts_at = datetime(2029, 12, 4, tzinfo=UTC)
    OutsideCourseFactory(person=person, state=state, starts_at=starts_at)

    with pytest.raises(RecordedAlready, match="teenagers, an outside course"):
        log(person, on=date(2029, 12, 3), half_days=3)
    assert log(person, on=date(2029, 12, 3), half_days=2).half_days == 2


@pytest.mark.parametrize("state", [OutsideState.ASKED, OutsideState.WITHDRAWN])
def test_an_outside_course_that_nobody_went_to_is_in_nobodys_way(person, state):
    OutsideCourseFactory(person=person, state=state, starts_at=datetime(2029, 12, 4, tzinfo=UTC))

    assert log(person).half_days == 2


def test_confirming_looks_again(person, manager):
    first, second = log(person), AttendedElsewhereFactory(person=person, on=date(2029, 12, 4))

    with pytest.raises(RecordedAlready) as refused:
        confirm_attended(attended=first, by=manager.user)
    assert str(refused.value).startswith(f"{person.full_name} has something else on Tuesday 4 Dec")
    decline_attended(attended=second, by=manager.user, reason="You logged it twice.")

    assert confirm_attended(attended=first, by=manager.user).state == AttendedState.CONFIRMED
    assert LedgerEntry.objects.count() == 1


def test_nothing_is_confirmed_before_it_is_over(person, manager, clock):
    ahead = AttendedElsewhereFactory(person=person, on=NOW.date(), half_days=10)

    with pytest.raises(EndsAfterToday, match="It can be confirmed once it is over"):
        confirm_attended(attended=ahead, by=manager.user)

    clock.move_to(datetime(2030, 1, 11, 9, 0, tzinfo=UTC))
    assert confirm_attended(attended=ahead, by=manager.user).state == AttendedState.CONFIRMED


# --- Deciding -----------------------------------------------------------------------------------


def test_confirming_enters_it_once(person, manager):
    attended = log(person)

    confirm_attended(attended=attended, by=manager.user)
    with pytest.raises(AskedAndDecided):
        confirm_attended(attended=attended, by=manager.user)

    assert LedgerEntry.objects.get().half_days == 2
    assert (attended_days(person), told("attended_confirmed")) == (1, [person.email])


def test_the_policy_of_its_day_says_whether_it_counts(person, manager):
    AllowancePolicy.objects.create(
        starts_on=date(2029, 4, 1),
        days=5,
        scope="all_staff",
        attended_elsewhere_counts=False,
        source="A test",
    )
    this_year, last_year = log(person), log(person, on=date(2029, 3, 1))

    rows = [confirm_attended(attended=row, by=manager.user) for row in (this_year, last_year)]

    assert [row.counts_towards_five for row in rows] == [False, True]
    assert LedgerEntry.objects.get().on == date(2029, 3, 1)


def test_a_question_goes_to_the_person_and_the_answer_back(person, manager):
    attended = log(person)

    question_attended(attended=attended, by=manager.user, question="In working time?")
    assert (attended_to_decide(manager.user, NOW), told("attended_questioned")) == (
        [],
        [person.email],
    )
    with pytest.raises(PermissionDenied):
        answer_question(attended=attended, by=staff_user(), answer="Yes.")
    answer_question(attended=attended, by=person, answer="Yes.")

    assert attended_to_decide(manager.user, NOW) == [attended]
    assert told("attended_answered") == [manager.user.email]
    with pytest.raises(AskedAndDecided):
        answer_question(attended=attended, by=person, answer="Yes.")


def test_what_is_not_confirmed_says_why_and_counts_for_nothing(person, manager):
    declined = decline_attended(attended=log(person), by=manager.user, reason="That was leave.")

    assert (declined.state, declined.decision_reason) == (
        AttendedState.DECLINED,
        "That was leave.",
    )
    assert (attended_days(person), told("attended_declined")) == (0, [person.email])


def test_only_the_manager_of_the_moment_confirms(person, manager):
    attended = log(person)
    member = person.staff_member
    member.line_manager = StaffMemberFactory()
    member.save()

    for by in (person, staff_user(), officer(), manager.user):
        with pytest.raises(PermissionDenied):
            confirm_attended(attended=attended, by=by)
    confirmed = confirm_attended(attended=attended, by=member.line_manager.user)
    assert confirmed.state == AttendedState.CONFIRMED


def test_an_unanswered_one_goes_up_once(person, manager, clock):
    attended = log(person)
    clock.move_to(late := datetime(2030, 1, 9, 9, 0, tzinfo=UTC))

    for _ in range(2):
        let_time_answer_for_attended(at=late)

    attended.refresh_from_db()
    assert (attended.is_late, attended.answer_by) == (True, None)
    assert len(told("attended_logged")) == 2
    assert confirm_attended(attended=attended, by=officer()).state == AttendedState.CONFIRMED


def test_it_can_be_taken_back_until_it_is_decided_and_the_file_goes(
    person, manager, django_capture_on_commit_callbacks
):
    attended = log(person, file=certificate())
    name = attended.evidence().file.name
    with pytest.raises(PermissionDenied):
        withdraw_attended(attended=attended, by=staff_user())

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_attended(attended=attended, by=person)

    assert (Evidence.objects.count(), default_storage.exists(name)) == (0, False)
    with pytest.raises(PermissionDenied):
        withdraw_attended(attended=attended, by=person)


# --- What shows it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("certificate.pdf", PDF_BYTES, "application/pdf"),
        ("photo.PNG", PNG_BYTES, "image/png"),
        ("photo.jpeg", JPEG_BYTES, "image/jpeg"),
    ],
)
def test_a_document_or_a_photo_is_kept_under_a_name_that_says_nothing(person, name, content, kind):
    evidence = log(person, file=certificate(name, content)).evidence()

    assert (evidence.content_type, evidence.original_name) == (kind, name)
    assert name.split(".")[0] not in evidence.file.name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("certificate.exe", PDF_BYTES),
        ("photo.png", JPEG_BYTES),
        ("photo.jpg", b"<svg onload=alert(1)>"),
        ("certificate.pdf", b""),
    ],
)
def test_anything_else_is_refused_and_nothing_is_logged(person, name, content):
    with pytest.raises(UnfitFile):
        log(person, file=certificate(name, content))

    assert AttendedElsewhere.objects.count() == 0


def test_only_the_person_who_confirms_and_officers_open_it(person, manager):
    attended = log(person, file=certificate())
    evidence = attended.evidence()

    for by in (person, manager.user, officer()):
        with open_evidence(evidence=evidence, by=by) as file:
            assert file.read() == PDF_BYTES
    for by in (staff_user(), StaffMemberFactory().user):
        with pytest.raises(PermissionDenied):
            open_evidence(evidence=evidence, by=by)
    assert AuditEvent.objects.filter(event="evidence_opened").count() == 2

    confirm_attended(attended=attended, by=manager.user)
    evidence = Evidence.objects.select_related("attended").get()
    with open_evidence(evidence=evidence, by=manager.user) as file:
        assert file.read() == PDF_BYTES


def test_evidence_goes_after_a_year_and_the_record_after_six(
    person, django_capture_on_commit_callbacks
):
    name = log(person, file=certificate()).evidence().file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_attended_kept_long_enough(on=date(2031, 1, 7)) == 0
        assert delete_attended_kept_long_enough(on=date(2031, 1, 8)) == 1

    assert default_storage.exists(name) is False
    assert delete_attended_kept_long_enough(on=date(2035, 12, 4)) == 0
    assert delete_attended_kept_long_enough(on=date(2035, 12, 5)) == 1


def test_files_without_a_row_are_swept_after_a_day(person):
    kept = log(person, file=certificate()).evidence().file.name
    lost = default_storage.save("evidence/ab/lost", certificate())
    modified = default_storage.get_modified_time(lost)

    assert delete_evidence_without_a_row(at=modified + timedelta(hours=23)) == 0
    assert delete_evidence_without_a_row(at=modified + timedelta(hours=25)) == 1
    assert (default_storage.exists(kept), default_storage.exists(lost)) == (True, False)

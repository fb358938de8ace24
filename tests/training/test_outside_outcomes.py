"""After an outside course: the outcome, the ledger, the ring and the forecast, reviews, and what is kept how long."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.actions import erase_person
from accounts.registries import invariants
from notifications.models import Message
from notifications.rendering import render
from organisation.half_days import AFTERNOON, HalfDay
from organisation.models import StaffMember
from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.outside import (
    AttendedElsewhereFactory,
    BudgetLineFactory,
    OutsideCourseFactory,
    OutsideReviewFactory,
    asking,
)
from tests.factories.training import officer, staff_user
from training.actions import (
    approve_outside_course,
    ask_for_outside_course,
    ask_how_outside_courses_went,
    confirm_attended,
    decline_outside_course,
    delete_outside_courses_kept_long_enough,
    forecast_the_year,
    hide_review,
    keep_review,
    pass_on_outside_course,
    tell_outcome,
    withdraw_outside_course,
)
from training.exceptions import AskedAndDecided, CostReasonNeeded, NotOverYet
from training.models import Forecast, LedgerEntry, LedgerKind, OutsideCourse, OutsideReview
from training.queries import author_of, five_days, reviews_of_outside_courses
from training.states import AttendedState, OutsideState, ReviewState

pytestmark = pytest.mark.django_db
AFTER = datetime(2030, 3, 29, 9, 0, tzinfo=UTC)
REVIEW = {"words": "Plenty of practice.", "recommends": True, "may_be_named": True}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AFTER, tick=False) as clock:
        yield clock


@pytest.fixture
def approved():
    return OutsideCourseFactory(state=OutsideState.APPROVED, half_days=2)


def tell(outside, **changes):
    given = {"by": outside.person, "half_days": 2, "cost_pence": 24_000}
    return tell_outcome(outside=outside, **(given | changes))


def figures(person, on=date(2030, 1, 28)):
    promise = five_days(person, on)
    return promise.attended, promise.booked


def broken():
    return [words for check in invariants for words in check()]


# --- What is told, and what counts --------------------------------------------------------------


def test_the_outcome_goes_to_the_ledger_once_however_often_it_is_told(approved):
    assert figures(approved.person) == (0, 1)

    rows = [tell(approved) for _ in range(3)]

    assert rows[-1].state == OutsideState.ATTENDED
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.half_days, entry.on) == (
        LedgerKind.OUTSIDE_COURSE,
        2,
        approved.starts_on,
    )
    assert figures(approved.person) == (1, 0)
    assert Message.objects.filter(template="training/emails/outside_outcome").count() == 3
    assert broken() == []


def test_what_does_not_count_or_did_not_take_place_is_in_no_ledger():
    apart = OutsideCourseFactory(state=OutsideState.APPROVED, counts_towards_five=False)
    fell_through = OutsideCourseFactory(state=OutsideState.APPROVED)
    assert figures(apart.person) == (0, 0)

    tell(apart)
    tell(fell_through, half_days=0, cost_pence=0)

    assert OutsideCourse.objects.get(pk=fell_through.pk).state == OutsideState.NOT_ATTENDED
    assert LedgerEntry.objects.count() == 0
    assert (figures(apart.person), figures(fell_through.person)) == ((0, 0), (0, 0))
    assert broken() == []


def test_of_somebody_who_has_left_an_officer_says_how_it_went(client, approved):
    by, page = officer(), reverse("training:outside-outcome", args=[approved.pk])
    client.force_login(by)
    with pytest.raises(PermissionDenied):
        tell(approved, by=by)
    assert list(OutsideCourse.objects.left_open_by_leavers(AFTER)) == []
    leaves(approved.person)
    [open_still] = OutsideCourse.objects.left_open_by_leavers(AFTER)
    changelist = client.get(reverse("admin:training_outsidecourse_changelist"), {"how": "unsaid"})
    assert list(changelist.context["cl"].result_list) == [open_still]
    asked = client.get(page)
    assert "has left, so workforce development says how it went" in asked.content.decode()
    assert "words" not in asked.context["form"].fields

    client.post(page, {"took_place": "yes", "half_days": "2", "cost_pence": "240"})

    approved.refresh_from_db()
    assert (approved.state, approved.final_cost_pence) == (OutsideState.ATTENDED, 24_000)
    assert list(OutsideCourse.objects.left_open_by_leavers(AFTER)) == []
    letter = Message.objects.get(to=approved.person.email, template__endswith="outside_outcome")
    assert letter.context["told_by_them"] is False
    assert broken() == []


def leaves(person):
    StaffMember.objects.filter(user=person).update(left_on=AFTER.date() - timedelta(days=1))


def test_part_of_it_counts_in_part(approved):
    tell(approved, half_days=1)

    assert figures(approved.person) == (Decimal("0.5"), 0)


def test_more_than_was_agreed_needs_a_reason_and_the_officers_hear_when_the_line_is_over():
    line = BudgetLineFactory(pounds=250)
    outside = OutsideCourseFactory(state=OutsideState.APPROVED, budget_line=line)

    with pytest.raises(CostReasonNeeded, match="£240 was agreed"):
        tell(outside, cost_pence=30_000)
    tell(outside, cost_pence=30_000, cost_reason="The train was dear.")

    needed = Message.objects.with_what_delivery_needs()
    letters = needed.filter(template="training/emails/outside_outcome")
    texts = [render(letter).body for letter in letters]
    assert [text.count("more is committed than it has") for text in texts].count(1) == 1
    assert broken() == []


def test_how_it_went_is_told_by_the_person_once_it_is_over(approved, clock):
    with pytest.raises(PermissionDenied):
        tell(approved, by=officer())
    with pytest.raises(AskedAndDecided):
        tell(OutsideCourseFactory())
    clock.move_to(approved.ends_at - timedelta(minutes=1))
    with pytest.raises(NotOverYet):
        tell(approved)


def test_people_are_asked_how_it_went_and_once_again(approved):
    days = [approved.ends_at + timedelta(days=number) for number in (0, 1, 2, 14, 15, 40)]

    for at in days:
        ask_how_outside_courses_went(at=at)

    letters = Message.objects.filter(template="training/emails/outside_how_was_it")
    assert [letter.to for letter in letters] == [approved.person.email] * 2
    tell(approved)
    assert ask_how_outside_courses_went(at=AFTER) == 0


# --- The ring, the forecast and the policy agree ------------------------------------------------

STEPS = ["ask", "pass on", "decline", "approve", "withdraw", "tell", "attend"]


@pytest.mark.parametrize("seed", range(6))
def test_no_sequence_of_events_makes_the_ring_disagree_with_the_policy(seed, clock):
    """The ring is what the rows say by the policy, and the forecast in SQL says the same."""
    chance = random.Random(seed)
    manager, decides = StaffMemberFactory(), officer()
    person = staff_user(line_manager=manager)
    line, days, weeks = BudgetLineFactory(pounds=100_000), iter(range(60)), iter(range(40))

    def take(step):
        rows = list(OutsideCourse.objects.filter(person=person))
        outside = chance.choice(rows) if rows else None
        clock.move_to(datetime(2030, 1, 7, 9, tzinfo=UTC))
        if step == "ask":
            first = HalfDay(date(2030, 1, 14) + timedelta(days=next(days)), chance.choice([0, 1]))
            given = {"first": first, "last": HalfDay(first.on, AFTERNOON)}
            ask_for_outside_course(by=person, **asking(), **given)
        elif step == "attend":
            on = date(2029, 4, 2) + timedelta(weeks=next(weeks))
            half_days = chance.choice([1, 2, 3])
            row = AttendedElsewhereFactory(person=person, on=on, half_days=half_days)
            confirm_attended(attended=row, by=manager.user)
        elif step == "pass on" and outside.state == OutsideState.ASKED:
            pass_on_outside_course(outside=outside, by=manager.user)
        elif step == "decline" and outside.state == OutsideState.WITH_WORKFORCE:
            decline_outside_course(outside=outside, by=decides, reason="No.")
        elif step == "approve" and outside.state == OutsideState.WITH_WORKFORCE:
            counts = chance.random() < 0.7
            approve_outside_course(
                outside=outside, by=decides, counts=counts, booked_by="us", budget_line=line
            )
        elif step == "withdraw" and chance.random() < 0.3 and outside.can_become("withdrawn"):
            withdraw_outside_course(outside=outside, by=person)
        elif step == "tell" and outside.is_approved:
            clock.move_to(AFTER)
            tell(outside, half_days=chance.choice([0, 1, 2]))

    take("ask")
    for _ in range(60):
        take(chance.choice(STEPS))
        rows = list(OutsideCourse.objects.filter(person=person, counts_towards_five=True))
        attended = sum(row.half_days_attended or 0 for row in rows)
        attended += sum(
            row.half_days
            for row in person.attendedelsewhere_asked.filter(state=AttendedState.CONFIRMED)
        )
        booked = sum(row.half_days for row in rows if row.is_approved)
        promise = five_days(person, date(2030, 1, 7))
        assert (promise.attended * 2, promise.booked * 2) == (attended, booked)
        assert promise.left == max(promise.entitlement - Decimal(attended + booked) / 2, 0)
    forecast_the_year(at=AFTER)
    forecast = Forecast.objects.get(person=person)
    assert (forecast.attended, forecast.booked) == (attended, booked)
    assert broken() == []


def test_the_checks_find_what_must_never_be():
    counted = OutsideCourseFactory(state=OutsideState.ATTENDED)
    line = BudgetLineFactory(pounds=1)
    OutsideCourseFactory(state=OutsideState.APPROVED, budget_line=line)

    assert broken() == [
        f"outside-course-{counted.pk} should have 2 half days in the ledger and has None.",
        f"Budget line {line.pk} is over, and nobody said why.",
    ]


# --- Reviews ------------------------------------------------------------------------------------


def test_a_review_is_read_by_colleagues_and_names_only_who_agrees_and_works_here(approved, clock):
    tell(approved, review=REVIEW)
    review = OutsideReview.objects.get()
    today = AFTER.date()

    assert list(reviews_of_outside_courses()) == [review]
    assert author_of(review, today) == approved.person.full_name
    review.may_be_named = False
    assert author_of(review, today) == ""


def test_reviews_are_found_by_provider_words_and_topic():
    found = OutsideReviewFactory(course__provider="CoramBAAF")
    OutsideReviewFactory()

    assert list(reviews_of_outside_courses("corambaaf practice")) == [found]
    assert list(reviews_of_outside_courses("nowhere")) == []
    assert reviews_of_outside_courses("", "care_and_adoption").count() == 2
    assert reviews_of_outside_courses("", "leading").count() == 0


def test_an_officer_hides_a_review_with_a_reason_and_shows_it_again():
    review = OutsideReviewFactory()
    with pytest.raises(PermissionDenied):
        hide_review(review=review, by=staff_user(), reason="No.")

    hidden = hide_review(review=review, by=officer(), reason="It names a family.")
    assert (hidden.state, list(reviews_of_outside_courses())) == (ReviewState.HIDDEN, [])

    assert keep_review(review=review, by=officer()).state == ReviewState.SHOWN


def test_a_leavers_review_loses_the_name_and_goes_to_the_officers_once():
    review = OutsideReviewFactory(may_be_named=True)
    OutsideReviewFactory(may_be_named=True)
    member = review.course.person.staff_member
    member.left_on = date(2030, 3, 28)
    member.save()
    today = AFTER.date()

    assert list(OutsideReview.objects.of_leavers(today)) == [review]
    assert author_of(OutsideReview.objects.get(pk=review.pk), today) == ""
    keep_review(review=review, by=officer())
    assert list(OutsideReview.objects.of_leavers(today)) == []


# --- How long it is kept ------------------------------------------------------------------------


def test_courses_and_reviews_go_when_their_time_is_over(clock):
    review = OutsideReviewFactory(written_at=AFTER)
    tell(OutsideCourseFactory(state=OutsideState.APPROVED))

    assert delete_outside_courses_kept_long_enough(on=date(2033, 3, 29)) == 0
    assert delete_outside_courses_kept_long_enough(on=date(2033, 3, 30)) == 1
    assert delete_outside_courses_kept_long_enough(on=date(2036, 5, 30)) == 2
    assert OutsideCourse.objects.count() == 0
    assert not OutsideReview.objects.filter(pk=review.pk).exists()


def test_erasing_a_person_blanks_the_words_and_keeps_the_sums(approved):
    tell(approved, review=REVIEW)
    StaffMember.objects.filter(user=approved.person).update(left_on=date(2030, 3, 28))

    erase_person(person=approved.person, by=HRAdminFactory())

    approved.refresh_from_db()
    assert (approved.reason, approved.final_cost_pence) == ("", 24_000)
    history = OutsideCourse.pgh_event_model.objects.filter(pgh_obj=approved)
    assert set(history.values_list("reason", flat=True)) == {""}
    assert (OutsideReview.objects.count(), figures(approved.person)) == (0, (1, 0))

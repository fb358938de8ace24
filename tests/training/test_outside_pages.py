"""The pages of outside courses and of what was attended elsewhere: asked, decided and read on them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.retention import start_of
from tests.factories.organisation import StaffMemberFactory
from tests.factories.outside import (
    AttendedElsewhereFactory,
    BudgetLineFactory,
    OutsideCourseFactory,
    OutsideReviewFactory,
)
from tests.factories.training import BookingFactory, CourseFactory, officer, staff_user
from training.actions import decline_outside_course, tell_managers_what_waits
from training.forms.money import PoundsField
from training.models import AttendedElsewhere, OutsideCourse, OutsideReview
from training.queries import waiting_for
from training.states import AttendedState, BookingState, OutsideState

pytestmark = pytest.mark.django_db
MONDAY = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
ANSWERS = {
    "title": "Theraplay for carers",
    "topic": "care_and_adoption",
    "provider": "Larch House",
    "link": "",
    "format": "in_person",
    "place_name": "Reading",
    "first_day_day": "28",
    "first_day_month": "1",
    "first_day_year": "2030",
    "first_half": "0",
    "last_day_day": "29",
    "last_day_month": "1",
    "last_day_year": "2030",
    "last_half": "0",
    "cost_pence": "£1,240.50",
    "reason": "Carers ask me how to begin.",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def manager():
    return StaffMemberFactory(user__full_name="Maggie Thornhill")


@pytest.fixture
def person(manager, client):
    person = staff_user(line_manager=manager, user__full_name="Sam Okafor")
    client.force_login(person)
    return person


def page(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def said(response):
    return [str(message) for message in response.context["messages"]]


def ask(client, **changes):
    return client.post(reverse("training:outside-create"), ANSWERS | changes, follow=True)


def errors(response):
    return response.context["form"].errors


# --- Asking -------------------------------------------------------------------------------------


def test_own_courses_like_it_are_shown_before_anything_else_is_asked(client, person):
    CourseFactory(title="Theraplay at home")
    address = reverse("training:outside-create")

    assert "What is the course called?" in page(client.get(address))
    shown = page(client.get(address, {"title": "Theraplay", "topic": "care_and_adoption"}))
    assert "We offer something like it" in shown
    assert "Why does none of our own courses fit?" in shown

    assert errors(ask(client)) == {"why_not_own": ["Say why none of our own courses fits"]}
    ask(client, why_not_own="It is for carers alone.")
    outside = OutsideCourse.objects.get()
    assert [course.title for course in outside.own_courses.all()] == ["Theraplay at home"]


def test_a_request_is_taken_and_shown_with_where_it_stands(client, person):
    shown = page(ask(client))

    outside = OutsideCourse.objects.get()
    assert (outside.cost_pence, outside.half_days) == (124_050, 3)
    assert "The manager answers by 5pm on Tuesday 8 January." in shown
    assert "£1,240.50" in shown
    assert "Theraplay for carers" in page(client.get(reverse("training:my-development")))
    assert "Theraplay for carers" in page(client.get(reverse("training:outside-list")))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"last_day_day": "27"}, "last_day", "It must end after it begins"),
        ({"first_day_month": "13"}, "first_day", "The first day must have a month from 1 to 12"),
        ({"first_day_year": "2029"}, "first_day", "That time has begun already."),
        ({"place_name": ""}, "place_name", "Enter where it is held"),
        ({"cost_pence": "about 50"}, "cost_pence", "Enter an amount in pounds, like 120 or 12.50"),
        ({"cost_pence": "-1"}, "cost_pence", "Enter an amount in pounds, like 120 or 12.50"),
        ({"cost_pence": "99999"}, "cost_pence", "Enter an amount up to £20,000"),
        ({"title": "\u200b"}, "title", "Enter what the course is called"),
        (
            {"last_day_year": "2090"},
            "last_day",
            "The last day must be on or before 8 January 2032",
        ),
        ({"provider": "x" * 121}, "provider", "Use 120 characters or fewer (you have 121)"),
        ({"link": "javascript:alert(1)"}, "link", "Enter a link like"),
        ({"reason": "\0"}, "reason", "Remove the invisible characters"),
    ],
)
def test_what_cannot_be_is_told_beside_its_question(client, person, changes, field, words):
    told = errors(ask(client, **changes))

    assert list(told) == [field]
    assert told[field][0].startswith(words)
    assert OutsideCourse.objects.count() == 0


def test_the_same_course_again_is_answered_with_the_way_to_the_first(client, person):
    ask(client)
    again = ask(client, title="theraplay FOR carers", reason="I typed it all again.")

    told = errors(again)
    assert list(told) == ["title"]
    assert told["title"][0].startswith("You have asked for this already: Theraplay for carers")
    first = OutsideCourse.objects.get()
    shown = again.content.decode()
    assert f'<a class="govuk-link" href="{first.get_absolute_url()}">See what you have' in shown
    assert "I typed it all again." in shown


def test_a_long_line_is_never_cut_as_it_is_typed(client, person):
    ask_page = client.get(reverse("training:outside-create"), {"title": "Play", "topic": "leading"})
    log_page = client.get(reverse("training:attended-create"))

    assert " maxlength=" not in ask_page.content.decode() + log_page.content.decode()


def test_an_online_course_is_online_once(client, person):
    outside = OutsideCourseFactory(person=person, format="online", place_name="")

    assert "Where Online Worth" in page(client.get(outside.get_absolute_url()))


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("0", 0), ("12.5", 1250), ("£ 1,000", 100_000), ("0.05", 5), ("20000", 2_000_000)],
)
def test_pounds_are_kept_as_whole_pence(typed, pence):
    assert PoundsField(most=20_000).clean(typed) == pence


@pytest.mark.parametrize("typed", ["20001", "9" * 5000])
def test_more_pounds_than_may_be_are_said(typed):
    with pytest.raises(ValidationError) as refused:
        PoundsField(most=20_000).clean(typed)

    assert refused.value.messages == ["Enter an amount up to £20,000"]


def test_strangers_find_nothing(client, person):
    outside, attended = OutsideCourseFactory(), AttendedElsewhereFactory()

    for name in ("detail", "withdraw", "outcome", "decide"):
        assert client.get(reverse(f"training:outside-{name}", args=[outside.pk])).status_code == 404
    for name in ("detail", "withdraw", "decide"):
        found = client.get(reverse(f"training:attended-{name}", args=[attended.pk]))
        assert found.status_code == 404


def test_it_is_taken_back_on_a_page_that_asks_first(client, person):
    outside = OutsideCourseFactory(person=person)
    address = reverse("training:outside-withdraw", args=[outside.pk])

    assert "Take this back?" in page(client.get(address))
    assert OutsideCourse.objects.get().state == OutsideState.ASKED
    client.post(address)
    assert OutsideCourse.objects.get().state == OutsideState.WITHDRAWN


# --- Deciding -----------------------------------------------------------------------------------


def test_everything_waits_on_one_page_and_in_the_daily_mail(client, person, manager):
    outside = OutsideCourseFactory(person=person)
    attended = AttendedElsewhereFactory(person=person)

    waiting = waiting_for(manager.user, MONDAY)
    assert (waiting.outside, waiting.attended, waiting.number) == ([outside], [attended], 2)
    client.force_login(manager.user)
    shown = client.get(reverse("training:waiting-for-me")).content.decode()
    for name, row in (("outside", outside), ("attended", attended)):
        assert shown.count(reverse(f"training:{name}-decide", args=[row.pk])) == 1
    assert tell_managers_what_waits() == 1


def test_looking_never_decides_and_one_button_does(client, person, manager):
    outside = OutsideCourseFactory(person=person)
    address = reverse("training:outside-decide", args=[outside.pk])
    client.force_login(manager.user)

    assert "Who is at work if they go" in page(client.get(address, {"decision": "approve"}))
    assert OutsideCourse.objects.get().state == OutsideState.ASKED
    response = client.post(address, {"decision": "approve"}, follow=True)
    assert said(response) == [
        "You said yes. Workforce development decides next. We have written to Sam Okafor."
    ]
    again = client.post(address, {"decision": "decline", "reason": "No."}, follow=True)
    assert said(again)[0].startswith("There is nothing to decide any more.")


def test_each_page_of_a_decision_says_if_the_five_days_are_with_it(client, person, manager):
    rows = {
        "outside": OutsideCourseFactory(person=person),
        "attended": AttendedElsewhereFactory(person=person),
        "booking": BookingFactory(
            person=person, state=BookingState.HELD, answer_by=MONDAY + timedelta(days=1)
        ),
    }
    client.force_login(manager.user)

    shown = {
        name: page(client.get(reverse(f"training:{name}-decide", args=[row.pk])))
        for name, row in rows.items()
    }

    assert "1 of 5 days used or booked without this one, in the year" in shown["outside"]
    assert "1 of 5 days used or booked without this one, in the year" in shown["attended"]
    assert "1 of 5 days used or booked with this one, in the year" in shown["booking"]


def test_who_confirms_sees_what_else_is_recorded_for_those_days(client, person, manager):
    attended = AttendedElsewhereFactory(person=person, half_days=3)
    address = reverse("training:attended-decide", args=[attended.pk])
    client.force_login(manager.user)
    alone = page(client.get(address))
    OutsideCourseFactory(person=person, title="Theraplay", starts_at=start_of(date(2029, 12, 6)))
    AttendedElsewhereFactory(person=person, title="A talk", on=date(2029, 12, 5), half_days=1)
    AttendedElsewhereFactory(title="Somebody else’s", on=date(2029, 12, 5))

    shown = page(client.get(address))

    assert "Nothing that we know of" in alone
    days = "When Tuesday 4 December 2029 to Wednesday 5 December 2029 How long 1½ days"
    assert days in shown
    assert re.search(r"What else they have in those days (.*) Their five days", shown).group(1) == (
        "Wednesday 5 December 2029: A talk, attended elsewhere (not confirmed yet), ½ day"
    )


def test_who_confirms_what_does_not_fit_is_told_and_stays_on_the_page(client, person, manager):
    attended = AttendedElsewhereFactory(person=person)
    AttendedElsewhereFactory(person=person, title="The same again")
    client.force_login(manager.user)

    address = reverse("training:attended-decide", args=[attended.pk])
    answer = client.post(address, {"decision": "confirm"})

    assert said(answer)[0].startswith(
        "Sam Okafor has something else on Tuesday 4 December 2029: The same again"
    )
    assert "Or do not confirm it" in page(answer)
    assert AttendedElsewhere.objects.filter(state=AttendedState.CONFIRMED).count() == 0


def test_confirming_what_waits_for_an_answer_says_who_is_asked(client, person, manager):
    attended = AttendedElsewhereFactory(person=person, title="A talk")
    client.force_login(manager.user)
    address = reverse("training:attended-decide", args=[attended.pk])
    client.post(address, {"decision": "question", "question": "In working time?"})

    answer = client.post(address, {"decision": "confirm"})

    assert said(client.get(answer.url))[-1] == (
        "Sam Okafor has been asked a question about A talk and has not answered yet."
    )


def test_declining_needs_words(client, person, manager):
    outside = OutsideCourseFactory(person=person)
    client.force_login(manager.user)

    address = reverse("training:outside-decide", args=[outside.pk])
    shown = page(client.post(address, {"decision": "decline", "reason": " "}))

    assert "Say why, in a sentence or two" in shown
    assert OutsideCourse.objects.get().state == OutsideState.ASKED


def test_yesterdays_manager_gets_a_plain_page(client, person, manager):
    outside = OutsideCourseFactory(person=person)
    attended = AttendedElsewhereFactory(person=person)
    member = person.staff_member
    member.line_manager = StaffMemberFactory()
    member.save()
    client.force_login(manager.user)

    for name, row in (("outside", outside), ("attended", attended)):
        address = reverse(f"training:{name}-decide", args=[row.pk])
        response = client.post(address, {"decision": "approve"}, follow=True)
        assert said(response)[0].startswith("This is not yours to decide now.")


def test_what_was_attended_is_asked_about_answered_and_confirmed(client, person, manager):
    attended = AttendedElsewhereFactory(person=person)
    decide = reverse("training:attended-decide", args=[attended.pk])
    client.force_login(manager.user)
    client.post(decide, {"decision": "question", "question": "In working time?"})

    client.force_login(person)
    assert "Your manager has a question" in page(client.get(reverse("training:my-development")))
    client.post(attended.get_absolute_url(), {"answer": "Yes."})

    client.force_login(manager.user)
    assert "Answer Yes." in page(client.get(decide))
    client.post(decide, {"decision": "confirm"})
    assert AttendedElsewhere.objects.get().state == AttendedState.CONFIRMED


# --- Logging, and the file that shows it --------------------------------------------------------


def log(client, **changes):
    answers = {
        "title": "Winter conference",
        "organiser": "The Foster Forum",
        "topic": "care_and_adoption",
        "on_day": "4",
        "on_month": "12",
        "on_year": "2029",
        "half_days": "2",
        "learned": "How to talk with birth parents.",
        "link": "",
    }
    return client.post(reverse("training:attended-create"), answers | changes, follow=True)


def test_what_was_attended_is_logged_with_its_file(client, person):
    file = SimpleUploadedFile("ticket.pdf", b"%PDF-1.4\n%%EOF", "text/html")

    shown = page(log(client, file=file))

    assert "ticket.pdf" in shown
    evidence = AttendedElsewhere.objects.get().evidence()
    given = client.get(reverse("training:attended-evidence", args=[evidence.pk]))
    assert b"".join(given.streaming_content) == b"%PDF-1.4\n%%EOF"
    assert given["Content-Disposition"] == 'attachment; filename="ticket.pdf"'
    assert given["X-Content-Type-Options"] == "nosniff"
    client.force_login(staff_user())
    assert client.get(reverse("training:attended-evidence", args=[evidence.pk])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"on_year": "2030"}, "on", "The day must be on or before 7 January 2030"),
        ({"on_year": "2027"}, "on", "Give a day from 1 April 2028 to today."),
        (
            {"on_day": "7", "on_month": "1", "on_year": "2030", "half_days": "9"},
            "half_days",
            "9 half days from that day end on Friday 11 January 2030.",
        ),
        ({"half_days": "11"}, "half_days", "Enter 10 half days at most."),
        ({"half_days": "0"}, "half_days", "Enter 1 or more"),
        ({"learned": ""}, "learned", "Say what you learned"),
    ],
)
def test_what_cannot_have_been_is_told(client, person, changes, field, words):
    told = errors(log(client, **changes))

    assert list(told) == [field]
    assert told[field][0].startswith(words)
    assert AttendedElsewhere.objects.count() == 0


def test_a_day_that_is_logged_already_is_told_beside_the_day_and_the_words_stay(client, person):
    log(client)

    again = log(client, title="The same conference", learned="I typed it all again.")

    told = errors(again)
    assert list(told) == ["on"]
    assert told["on"][0].startswith("You have something else on Tuesday 4 December 2029: Winter")
    assert "I typed it all again." in again.content.decode()
    assert AttendedElsewhere.objects.count() == 1


def test_ones_own_lists_say_how_long_it_was(client, person):
    AttendedElsewhereFactory(person=person, half_days=3)

    days = "Tuesday 4 December 2029 to Wednesday 5 December 2029"
    assert f"{days}, 1½ days" in page(client.get(reverse("training:outside-list")))
    assert f"{days} (1½ days)" in page(client.get(reverse("training:my-development")))


def test_a_file_of_another_kind_is_told_beside_the_file(client, person):
    told = errors(log(client, file=SimpleUploadedFile("ticket.pdf", b"MZ", "application/pdf")))

    assert told["file"][0].startswith("The file is named as a PDF but is something else inside.")


# --- Afterwards, and what colleagues read -------------------------------------------------------


@pytest.fixture
def over(person):
    return OutsideCourseFactory(
        person=person,
        state=OutsideState.APPROVED,
        starts_at=start_of(date(2030, 1, 3)),
    )


def tell(client, outside, **changes):
    answers = {
        "took_place": "yes",
        "half_days": "2",
        "cost_pence": "240",
        "words": "Plenty of practice.",
        "recommends": "yes",
        "may_be_named": "on",
    }
    address = reverse("training:outside-outcome", args=[outside.pk])
    return client.post(address, answers | changes, follow=True)


def test_how_it_went_is_told_and_read(client, person, over):
    assert "Tell us how" in page(client.get(reverse("training:my-development")))

    assert "1 day, which count towards the five days." in page(tell(client, over))

    client.force_login(staff_user())
    shown = page(client.get(reverse("training:outside-reviews"), {"q": "tree house"}))
    assert "Plenty of practice. Sam Okafor, January 2030" in shown
    assert "Nothing found" in page(client.get(reverse("training:outside-reviews"), {"q": "nope"}))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"half_days": "3"}, "half_days", "It was approved for 2 half days at most"),
        ({"half_days": ""}, "half_days", "Enter how many half days you were there"),
        ({"cost_pence": "241"}, "cost_reason", "£240 was agreed. Say why it cost more"),
        ({"recommends": ""}, "recommends", "Choose if you would recommend it"),
        ({"took_place": ""}, "took_place", "Choose yes or no"),
    ],
)
def test_an_outcome_that_cannot_be_is_told(client, over, changes, field, words):
    assert errors(tell(client, over, **changes)) == {field: [words]}
    assert OutsideReview.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_reviews_ask_the_same_of_the_database_for_any_number(
    client, person, number, django_assert_num_queries
):
    OutsideReviewFactory.create_batch(number)
    client.get(reverse("training:outside-reviews"))

    with django_assert_num_queries(5):
        response = client.get(reverse("training:outside-reviews"))

    assert len(response.context["rows"]) == number


# --- Workforce development ----------------------------------------------------------------------


@pytest.fixture
def asked_of_officers(person, manager):
    return OutsideCourseFactory(
        person=person, state=OutsideState.WITH_WORKFORCE, manager_by=manager.user
    )


@pytest.fixture
def admin(client):
    decides = officer()
    client.force_login(decides)
    session = client.session
    session.save()
    return decides


def test_an_officer_approves_with_a_line_and_is_warned_when_it_would_be_over(
    client, asked_of_officers, admin
):
    line = BudgetLineFactory(pounds=200)
    address = reverse("admin:training_outsidecourse_decide", args=[asked_of_officers.pk])
    shown = client.get(address)
    assert "£200 left of £200" in shown.content.decode()
    assert shown.context["approve_form"].initial == {"counts": True}
    given = {"decision": "approve", "budget_line": line.pk, "booked_by": "us", "counts": "on"}

    warned = client.post(address, given)
    assert "would be over by £40" in warned.content.decode()
    assert OutsideCourse.objects.get().state == OutsideState.WITH_WORKFORCE

    client.post(address, given | {"over_budget_reason": "A place is sold in May."})
    outside = OutsideCourse.objects.get()
    assert (outside.state, outside.counts_towards_five) == (OutsideState.APPROVED, True)


def test_the_words_of_both_answers_are_kept(client, asked_of_officers, admin):
    line = BudgetLineFactory(pounds=20)
    address = reverse("admin:training_outsidecourse_decide", args=[asked_of_officers.pk])
    typed = {
        "budget_line": line.pk,
        "over_budget_reason": "",
        "booked_by": "us",
        "cover_reason": "A quiet week.",
        "reason": "We run it ourselves in May.",
    }

    refused = client.post(address, typed | {"decision": "approve"}).content.decode()
    empty = client.post(address, typed | {"decision": "decline", "reason": " "}).content.decode()

    assert refused.count("<form method") == empty.count("<form method") == 1
    assert "We run it ourselves in May.</textarea>" in refused
    assert "A quiet week.</textarea>" in refused
    assert "A quiet week.</textarea>" in empty
    assert f'<option value="{line.pk}" selected>' in empty
    assert '<option value="us" selected>' in empty
    assert 'name="counts" id="id_counts">' in empty  # It was unticked.
    assert "Say why, in a sentence or two" in empty
    assert OutsideCourse.objects.get().state == OutsideState.WITH_WORKFORCE


@pytest.mark.parametrize("decision", ["approve", "decline"])
def test_what_another_tab_has_decided_is_said(client, asked_of_officers, admin, decision):
    address = reverse("admin:training_outsidecourse_decide", args=[asked_of_officers.pk])
    decline_outside_course(outside=asked_of_officers, by=officer(), reason="It is full.")
    OutsideCourse.objects.update(workforce_by=admin)
    line = BudgetLineFactory()

    late = client.post(
        address, {"decision": decision, "budget_line": line.pk, "booked_by": "us", "reason": "No."}
    )

    assert said(late) == [
        "There is nothing to decide any more. Sam Okafor, Life story work with teenagers: declined."
    ]
    assert (
        "This is decided: declined. You decided on 7 January 2030 at 09:00. "
        "The reason given: It is full."
    ) in page(late)


def test_why_nobody_can_decide_yet_is_said(client, person, admin):
    asked = OutsideCourseFactory(person=person)

    shown = client.get(reverse("admin:training_outsidecourse_decide", args=[asked.pk]))

    assert "It is not your turn yet: the manager has not decided." in page(shown)


def test_the_officers_pages_show_money_demand_and_reviews(client, asked_of_officers, admin):
    review = OutsideReviewFactory()
    BudgetLineFactory(name="Conferences")
    demand = page(client.get(reverse("admin:training_outside_demand")))
    assert "Care, fostering and adoption 2 2" in demand
    assert "Conferences" in page(client.get(reverse("admin:training_budgetline_changelist")))

    hide = {
        "action": "hide_selected",
        "_selected_action": [review.pk],
        "reason": "It names a family.",
    }
    client.post(reverse("admin:training_outsidereview_changelist"), hide)
    review.refresh_from_db()
    assert (review.state, review.hidden_reason) == ("hidden", "It names a family.")
    left = reverse("admin:training_outsidereview_changelist")
    assert page(client.get(left, {"author": "left"})).count("Review of") == 0


def test_a_leavers_review_is_on_the_officers_list(client, admin):
    review = OutsideReviewFactory()
    member = review.course.person.staff_member
    member.left_on = MONDAY.date() - timedelta(days=1)
    member.save()

    listed = client.get(reverse("admin:training_outsidereview_changelist"), {"author": "left"})

    assert list(listed.context["cl"].result_list) == [review]

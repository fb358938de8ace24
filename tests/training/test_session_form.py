"""The form of a session in the admin: slips are said beside the field, and nobody undoes another's change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from organisation.models import BankHoliday
from tests.factories.accounts import UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import CourseFactory, SessionFactory, officer, staff_user
from tests.training.inputs import inputs_of
from tests.training.series import series_data
from training.actions import change_session, plan_session
from training.exceptions import NotATrainer, TooManyHalfDays, TooShort
from training.models import Room, Session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = datetime(2030, 2, 5, 9, 30, tzinfo=UTC)
ADD = "admin:training_session_add"


def typed(**changes):
    data = {
        "starts_at_0": "05/02/2030",
        "starts_at_1": "09:30",
        "ends_at_0": "05/02/2030",
        "ends_at_1": "15:30",
        "half_days": 2,
        "place_name": "The Mill, Winchester",
        "capacity": 12,
    }
    return data | changes


def errors_of(page):
    return {name: list(said) for name, said in page.context["adminform"].form.errors.items()}


def added(client, **changes):
    return client.post(reverse(ADD), typed(course=CourseFactory().pk, **changes))


def changed(client, session, **changes):
    address = reverse("admin:training_session_change", args=[session.pk])
    return client.post(address, typed(course=session.course_id, **changes))


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"half_days": 9}, {"half_days": "Enter 2 or less: from its start to its end it has 2 half days."}),
        ({"ends_at_1": "12:30"}, {"half_days": "Enter 1 or less: from its start to its end it has 1 half day."}),
        ({"ends_at_1": "09:59", "half_days": 1}, {"ends_at": "A session lasts at least half an hour."}),
        ({"starts_at_0": "31/12/9999", "ends_at_0": "31/12/9999"},
         dict.fromkeys(["starts_at", "ends_at"], "Choose a day by 7 January 2033: 3 years ahead is the most.")),
        ({"ends_at_0": "08/01/2033"}, {"ends_at": "Choose a day by 7 January 2033: 3 years ahead is the most."}),
        ({"starts_at_0": "01/01/0001"}, {"starts_at": "Enter a real date"}),
        ({"latitude": "90.5", "longitude": "-1"}, {"latitude": "Enter 90 or less"}),
        ({"latitude": "51", "longitude": "-181"}, {"longitude": "Enter -180 or more"}),
        ({"minimum_people": 3, "decide_on": "07/01/2030"},
         {"decide_on": "Choose a day after today and before the session."}),
        ({"starts_at_0": "31/03/2030", "starts_at_1": "01:30", "ends_at_0": "31/03/2030"},
         {"starts_at": "The clocks change that night: choose another time"}),
        ({"trainer": 999_999}, {"trainer": "There is no trainer with that number"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_the_field(client, by, changes, errors):
    page = added(client, **changes)

    assert errors_of(page) == {name: [words] for name, words in errors.items()}
    assert Session.objects.count() == 0


def test_the_action_holds_to_the_times_too(by):
    given = {"course": CourseFactory(), "starts_at": DAY, "place_name": "", "capacity": 8, "by": by}
    given["online_link"] = "https://www.example.org"
    with pytest.raises(TooManyHalfDays, match="Enter 1 or less"):
        plan_session(ends_at=DAY + timedelta(hours=3), half_days=2, **given)
    with pytest.raises(TooShort):
        plan_session(ends_at=DAY + timedelta(minutes=29), half_days=1, **given)
    session = plan_session(ends_at=DAY + timedelta(minutes=30), half_days=1, **given)

    with pytest.raises(TooManyHalfDays):
        change_session(session=session, by=by, half_days=2)
    with pytest.raises(NotATrainer):
        change_session(session=session, by=by, trainer=UserFactory())
    session.refresh_from_db()
    assert (session.half_days, session.trainer) == (1, None)


def test_a_decision_date_that_has_gone_by_stays_when_something_else_is_changed(client, by):
    session = SessionFactory(starts_at=DAY, minimum_people=3, decide_on=date(2030, 1, 7))

    changed(client, session, minimum_people=3, decide_on="07/01/2030", place_name="Willow House")

    session.refresh_from_db()
    assert session.place_name == "Willow House"


def test_a_room_is_somewhere_on_the_earth(client, by):
    client.post(
        reverse("admin:training_room_add"),
        {"name": "The Mill", "places": 3, "latitude": "91", "longitude": "0"},
    )

    assert Room.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"first_on": "9999-12-30"}, {"first_on": "Choose a day by 7 January 2033: 3 years ahead is the most."}),
        ({"ends": "12:00", "half_days": 2},
         {"half_days": "Enter 1 or less: from its start to its end it has 1 half day."}),
        ({"ends": "09:45", "half_days": 1}, {"ends": "A session lasts at least half an hour."}),
        ({"minimum_people": 3, "decide_days_before": 29},
         {"decide_days_before": "Choose fewer days: the first would have to be decided on a day after today."}),
    ],
)  # fmt: skip
def test_a_series_is_held_to_the_same(client, by, changes, errors):
    page = client.post(
        reverse("admin:training_session_series"), series_data(CourseFactory(), **changes)
    )

    said = {name: list(words) for name, words in page.context["form"].errors.items()}
    assert said == {name: [words] for name, words in errors.items()}


def test_a_bank_holiday_is_said_and_allowed(client, by):
    BankHoliday.objects.create(on=DAY.date(), name="A holiday")

    words = "5 February is a bank holiday (A holiday)."

    added(client)
    session = Session.objects.get()
    listed = reverse("admin:training_session_changelist")
    assert words in client.get(listed).content.decode()
    changed(client, session, place_name="Willow House")
    assert words not in client.get(listed).content.decode()
    changed(client, session, ends_at_1="15:00", starts_at_1="09:00")
    assert words in client.get(listed).content.decode()


# --- Trainers -------------------------------------------------------------------------------------


def test_staff_and_trainers_from_outside_lead_and_nobody_else(client, by):
    left = StaffMemberFactory(left_on=date(2030, 1, 6)).user
    for person in (UserFactory(full_name="Jo Marsh"), left):
        page = added(client, trainer=person.pk)
        words = f"{person} does not work here now and does not train for us. Choose somebody else."
        assert errors_of(page) == {"trainer": [words]}
    for person in (staff_user(), UserFactory(roles=["trainer"])):
        added(client, trainer=person.pk)
        assert Session.objects.get(trainer=person).delete()


def test_a_trainer_who_has_left_stays_until_somebody_else_is_found(client, by):
    left = StaffMemberFactory(left_on=date(2030, 1, 6)).user
    session = SessionFactory(starts_at=DAY, trainer=left)

    changed(client, session, trainer=left.pk, place_name="Willow House")

    session.refresh_from_db()
    assert (session.trainer, session.place_name) == (left, "Willow House")


# --- Two officers, each with the page open --------------------------------------------------------


def opened(client, session):
    page = client.get(reverse("admin:training_session_change", args=[session.pk]))
    return inputs_of(page)["opened_with"]


def test_who_saves_second_reads_what_the_first_changed_and_keeps_their_words(client, by):
    session = SessionFactory(starts_at=DAY, trainer=staff_user(user__full_name="Ann Dow"))
    trainer = session.trainer.pk
    before = opened(client, session)
    change_session(session=session, by=officer(), capacity=20, trainer=None)

    page = changed(client, session, place_name="Willow House", trainer=trainer, opened_with=before)

    assert errors_of(page) == {
        "__all__": [
            "Somebody else has changed this session since you opened it. Here is what they changed: "
            "Trainer is now empty; Places is now 20. What you typed is still here. "
            "Put it right where you need to, then save again."
        ]
    }
    assert inputs_of(page)["place_name"] == "Willow House"
    session.refresh_from_db()
    assert (session.capacity, session.place_name) == (20, "The Mill, Winchester")

    again = inputs_of(page)["opened_with"]
    changed(client, session, place_name="Willow House", capacity=20, opened_with=again)
    session.refresh_from_db()
    assert (session.capacity, session.place_name) == (20, "Willow House")


def test_a_change_of_the_time_is_said_in_london_time(client, by):
    session = SessionFactory(starts_at=DAY)
    before = opened(client, session)
    later = datetime(2030, 5, 7, 8, 30, tzinfo=UTC)
    ends = later + timedelta(hours=6)
    change_session(session=session, by=officer(), starts_at=later, ends_at=ends)

    (words,) = errors_of(changed(client, session, opened_with=before))["__all__"]

    assert "Starts at is now 7 May 2030, 09:30; Ends at is now 7 May 2030, 15:30." in words


@pytest.mark.parametrize("text", ["", "no", "[]", "{}", "null"])
def test_a_stamp_that_is_none_stops_nobody(client, by, text):
    session = SessionFactory(starts_at=DAY)

    changed(client, session, place_name="Willow House", opened_with=text)

    session.refresh_from_db()
    assert session.place_name == "Willow House"

"""A hiring manager writes an advert in the portal, one part at a time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from organisation.models import GradeRange, Outcode, Place
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.organisation import RoleFactory, StaffMemberFactory, TeamFactory
from tests.factories.vacancies import (
    CriterionFactory,
    LiveVacancyFactory,
    VacancyFactory,
    vacancy_in,
)
from vacancies.actions import change_vacancy, save_step, send_vacancy, start_draft
from vacancies.drafts import STEPS, answers_of, fingerprint
from vacancies.exceptions import VacancyNotReady
from vacancies.forms.writing.days import day_written
from vacancies.forms.writing.places import split_postcode
from vacancies.models import Payment, Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db
MINE = "/vacancies/writing/"


@pytest.fixture
def manager(client, today):
    person = StaffMemberFactory(user__roles=["hiring_manager"]).user
    client.force_login(person)
    return person


@pytest.fixture
def draft(manager):
    vacancy = vacancy_in(VacancyState.DRAFT, hiring_manager=manager)
    Place.objects.create(
        name="Alton", latitude=51.15, longitude=-0.97, district=vacancy.district.name
    )
    Outcode.objects.create(code="PO16", latitude=50.85, longitude=-1.18, name="Fareham")
    vacancy.refresh_from_db()
    return vacancy


def address(vacancy, page=""):
    return f"{MINE}{vacancy.reference}/{page}"


def typed(vacancy, step, **changes):
    """What the boxes of a part hold when its page is opened, with what is typed over it."""
    shown = {
        "job": {"title": vacancy.title, "role": vacancy.role_id, "team": vacancy.team_id},
        "pay": {
            "grade": vacancy.grade_id,
            "salary_from": "37,200",
            "salary_to": "£41800",
            "contract": "permanent",
            "patterns": ["full_time"],
            "weekly_hours": "37",
            "number_of_posts": "1",
        },
        "places": {"place_name": vacancy.place_name},
        "dates": {
            **day("opens_on", vacancy.opens_on),
            **day("closes_on", vacancy.closes_on),
            "visibility": "public",
        },
        "people": {"driving": "not_needed", "dbs_level": "enhanced_barred"},
        "words": {"summary": vacancy.summary, "body": vacancy.body},
        "criteria": {"essential": "Experience of working with families."},
        "payments": {},
        "contact": {},
    }[step]
    return {**shown, "opened_at": fingerprint(vacancy, step), **changes}


def day(name, on):
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {f"{name}_{part}": str(number) for part, number in parts.items()}


def errors_of(response):
    return dict(response.context["form"].errors)


def test_from_the_first_word_to_hr(client, manager):
    role, team = RoleFactory(name="Social worker"), TeamFactory(name="Family Help Alton")
    GradeRange.objects.create(
        grade=role.grade, lowest=37_200, highest=41_800, starts_on="2026-01-01", source="Pay"
    )
    start = {"role": role.pk, "team": team.pk, "title": "Social worker, Alton"}

    response = client.post(f"{MINE}start/", {**start, "one_time_key": uuid4()})
    vacancy = Vacancy.objects.get()
    assert response.url == address(vacancy, "pay/")
    words = {"summary": "Work with families.", "body": "You visit families at home."}
    for step, onward in zip(STEPS, [*STEPS[1:], "check"], strict=True):
        changes = words if step == "words" else {}
        response = client.post(address(vacancy, f"{step}/"), typed(vacancy, step, **changes))
        assert response.url == address(vacancy, f"{onward}/")
    vacancy.refresh_from_db()
    assert vacancy.finished_steps == STEPS
    page = client.get(address(vacancy, "check/")).content.decode()
    assert "You visit families at home." in page
    response = client.post(address(vacancy, "check/"), follow=True)

    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.submitted_by) == (VacancyState.AWAITING_APPROVAL, manager)
    assert "The advert has been sent to HR." in response.content.decode()


def test_a_new_draft_begins_with_what_follows_from_role_and_team(manager, today):
    role, team = RoleFactory(), TeamFactory(place_name="Alton")
    GradeRange.objects.create(
        grade=role.grade, lowest=30_000, highest=35_000, starts_on="2025-01-01",
        ends_on="2026-03-01", source="Old",
    )  # fmt: skip
    GradeRange.objects.create(
        grade=role.grade, lowest=37_200, highest=41_800, starts_on="2026-03-02", source="New"
    )

    vacancy = start_draft(title="A job", role=role, team=team, one_time_key=uuid4(), by=manager)

    vacancy.refresh_from_db()
    assert (vacancy.hiring_manager, vacancy.state) == (manager, VacancyState.DRAFT)
    assert (vacancy.grade, vacancy.salary_from, vacancy.salary_to) == (role.grade, 37_200, 41_800)
    assert (vacancy.place_name, vacancy.district) == ("Alton", team.district)
    assert (vacancy.opens_on, vacancy.closes_on) == (today, today + timedelta(days=28))
    assert (vacancy.patterns, vacancy.weekly_hours) == (["full_time"], 37)
    assert (vacancy.contact_name, vacancy.contact_email) == (manager.full_name, manager.email)


def test_a_grade_without_pay_is_said(client, manager):
    start = {"role": RoleFactory().pk, "team": TeamFactory().pk, "title": "A job"}

    response = client.post(f"{MINE}start/", start)

    assert errors_of(response) == {"role": ["Grade F has no pay range in force: ask HR to add it."]}
    with pytest.raises(VacancyNotReady):
        start_draft(
            title="A", role=RoleFactory(), team=TeamFactory(), one_time_key=uuid4(), by=manager
        )


def test_the_same_form_sent_twice_begins_one_advert(client, manager):
    role = RoleFactory()
    GradeRange.objects.create(
        grade=role.grade, lowest=1_000, highest=2_000, starts_on="2026-01-01", source="Pay"
    )
    start = {"role": role.pk, "team": TeamFactory().pk, "title": "A", "one_time_key": uuid4()}

    addresses = [client.post(f"{MINE}start/", start).url for _ in range(2)]

    assert addresses == [address(Vacancy.objects.get(), "pay/")] * 2


@pytest.mark.parametrize(
    ("step", "changes", "errors"),
    [
        ("job", {"title": ""}, {"title": ["Enter a title, like “Social worker, family help”"]}),
        ("job", {"role": "0"}, {"role": ["Choose the role"]}),
        (
            "job",
            {"title": "A\0B"},
            {"title": ["Remove the invisible characters that were copied along, or type it again"]},
        ),
        (
            "pay",
            {"salary_to": "30000"},
            {"salary_to": ["The highest salary must not be below the lowest"]},
        ),
        (
            "pay",
            {"salary_from": "lots"},
            {"salary_from": ["Lowest salary must be whole pounds a year, like 37200"]},
        ),
        (
            "pay",
            {"contract": "fixed_term"},
            {"contract_months": ["Enter how many months the fixed term lasts"]},
        ),
        ("pay", {"patterns": []}, {"patterns": ["Select at least one working pattern"]}),
        (
            "pay",
            {"weekly_hours": "60"},
            {"weekly_hours": ["Enter the hours a week, from 1 to 48, like 37 or 18.5"]},
        ),
        (
            "places",
            {"place_name": "Altun"},
            {"place_name": ["We do not know where “Altun” is. Did you mean Alton?"]},
        ),
        (
            "places",
            {"other_places": "Alton\nNowhere"},
            {"other_places": ["We do not know where “Nowhere” is."]},
        ),
        (
            "places",
            {"other_places": "Fareham PO16\nfareham"},
            {
                "other_places": [
                    "“fareham” is there twice. Give the second one another name, like its street"
                ]
            },
        ),
        ("dates", {"closes_on_day": ""}, {"closes_on": ["The closing date must include a day"]}),
        (
            "dates",
            {"visibility": "staff_first"},
            {"public_from": ["Enter the day from which everyone sees it"]},
        ),
        (
            "dates",
            {"visibility": "staff_first", **day("public_from", date(2030, 1, 1))},
            {"public_from": ["This day must not be after the closing date"]},
        ),
        (
            "dates",
            {"rolling": "on", "sift_dates": "soon"},
            {"sift_dates": ["“soon” is not a date. Write it like 3 March 2027"]},
        ),
        (
            "dates",
            {"rolling": "on", "sift_dates": "1 May 2026"},
            {"sift_dates": ["1 May 2026 is not between the opening and the closing date"]},
        ),
        ("people", {"driving": ""}, {"driving": ["Select whether they do"]}),
        (
            "words",
            {"summary": "", "body": " "},
            {
                "summary": ["Write a summary of one or two sentences"],
                "body": ["Write what the job is, with whom, and what makes it good"],
            },
        ),
        (
            "criteria",
            {"essential": " \n"},
            {"essential": ["Enter at least one thing that people need"]},
        ),
        (
            "criteria",
            {"essential": "x" * 301},
            {"essential": ["Each line must be 300 characters or fewer"]},
        ),
        (
            "payments",
            {"name_1": "Golden hello"},
            {"amount_1": ["Payment 1: enter the amount in whole pounds, like 3000"]},
        ),
        (
            "payments",
            {"condition_1": "After a year."},
            {"name_1": ["Payment 1: say what this payment is for"]},
        ),
        (
            "payments",
            {"name_1": "", "condition_1": "After a year.", "amount_2": "3000"},
            {
                "name_1": ["Payment 1: say what this payment is for"],
                "name_2": ["Payment 2: say what this payment is for"],
            },
        ),
        (
            "payments",
            {"name_3": "x" * 81, "amount_3": "3000"},
            {"name_3": ["Payment 3: what it is must be 80 characters or fewer"]},
        ),
        (
            "payments",
            {"name_1": "Hello", "amount_1": "-3"},
            {"amount_1": ["Payment 1: the amount must be whole pounds, like 3000"]},
        ),
        (
            "contact",
            {"contact_email": "me"},
            {"contact_email": ["Enter an e-mail address, like name@example.org"]},
        ),
        (
            "contact",
            {"contact_phone": "me"},
            {"contact_phone": ["Enter a phone number, like 01632 960 001"]},
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_box_and_nothing_is_saved(
    client, draft, step, changes, errors
):
    before = answers_of(draft, step)

    response = client.post(address(draft, f"{step}/"), typed(draft, step, **changes))

    assert errors_of(response) == errors
    assert answers_of(Vacancy.objects.get(pk=draft.pk), step) == before
    for name, words in changes.items():
        if words and name != "patterns":
            assert response.context["form"].data[name] == words


def test_every_answer_of_the_parts_is_kept(client, draft, today):
    given = {
        "pay": {
            "contract": "fixed_term",
            "contract_months": "18",
            "patterns": ["part_time", "term_time"],
            "weekly_hours": "18.5",
            "paid_weeks": "43.25",
            "number_of_posts": "3",
        },
        "places": {"place_name": "alton", "postcode": "", "other_places": "- Fareham po16 7gz\nAlton"},
        "dates": {
            **day("interview_on", today + timedelta(days=20)),
            "rolling": "on",
            "sift_dates": "18/3/2026\n20 March 2026\n18 Mar 2026",
            "visibility": "staff_first",
            **day("public_from", today + timedelta(days=5)),
        },
        "people": {
            "newly_qualified_welcome": "on",
            "driving": "essential",
            "driving_alternatives": "A paid driver.",
            "sponsorship_possible": "on",
            "dbs_level": "enhanced",
        },
        "criteria": {
            "essential": "Kindness\n\n- Order\nKindness",
            "desirable": "A language",
            "max_words": "400",
            "takes_cv": "on",
        },
        "payments": {
            "name_1": "Golden hello", "amount_1": "£3,000", "kind_1": "one_off",
            "name_3": "Hub allowance", "amount_3": "1500", "condition_3": "While in the hub.",
        },
        "contact": {"contact_name": "Ann", "contact_phone": "01632 960 001"},
    }  # fmt: skip

    for step, changes in given.items():
        response = client.post(address(draft, f"{step}/"), typed(draft, step, **changes))
        assert response.status_code == 302, errors_of(response)

    draft.refresh_from_db()
    assert (draft.contract_months, draft.weekly_hours, draft.paid_weeks) == (18, 18.5, 43.25)
    assert (draft.patterns, draft.number_of_posts) == (["part_time", "term_time"], 3)
    assert (draft.place_name, draft.latitude) == ("alton", 51.15)
    assert list(draft.other_places.values_list("place_name", "postcode", "latitude")) == [
        ("Fareham", "PO16 7GZ", 50.85),
        ("Alton", "", 51.15),
    ]
    assert [str(row) for row in draft.sift_dates.all()] == ["18 March 2026", "20 March 2026"]
    assert (draft.visibility, draft.public_from) == ("staff_first", today + timedelta(days=5))
    assert (draft.driving_alternatives, draft.dbs_level) == ("A paid driver.", "enhanced")
    assert answers_of(draft, "criteria") == {
        "essential": ["Kindness", "Order"],
        "desirable": ["A language"],
        "max_words": 400,
        "takes_cv": True,
        "shows_employers": False,
    }
    assert set(draft.criteria.values_list("max_words", flat=True)) == {400}
    assert [str(row) for row in draft.payments.all()] == [
        "Hub allowance: £1,500",
        "Golden hello: £3,000",
    ]
    assert (draft.contact_name, draft.contact_email) == ("Ann", "")


def test_a_title_is_one_line_without_marks_that_turn_it_around(client, draft):
    title = "Social\r\nworker\x0b \u202eteams \u200bin Alton"

    client.post(address(draft, "job/"), typed(draft, "job", title=title))

    assert Vacancy.objects.values_list("title").get() == ("Social worker teams in Alton",)


def test_a_permanent_job_forgets_the_length_it_had(client, draft):
    client.post(address(draft, "pay/"), typed(draft, "pay", contract_months="6"))

    draft.refresh_from_db()
    assert draft.contract_months is None


def test_a_line_that_stays_keeps_its_row(client, draft):
    second = CriterionFactory(vacancy=draft, text="Order", position=1)
    first = draft.criteria.exclude(pk=second.pk).get()

    client.post(
        address(draft, "criteria/"), typed(draft, "criteria", essential="Order\nGreat kindness")
    )

    assert list(draft.criteria.values_list("pk", "text")) == [
        (second.pk, "Order"),
        (first.pk, "Great kindness"),
    ]


def test_two_tabs_never_lose_words(client, draft):
    opened = typed(draft, "words")
    client.post(address(draft, "words/"), {**opened, "summary": "First tab."})

    late = client.post(address(draft, "words/"), {**opened, "summary": "Second tab."})

    page = late.content.decode()
    assert "This part was also changed in another tab" in page
    assert ("First tab." in page, "Second tab." in page) == (True, True)
    assert Vacancy.objects.get().summary == "First tab."
    again = {
        **opened,
        "summary": "Second tab.",
        "opened_at": late.context["form"].data["opened_at"],
    }
    client.post(address(draft, "words/"), again)
    assert Vacancy.objects.get().summary == "Second tab."


def test_another_part_changed_meanwhile_is_no_conflict(client, draft):
    opened = typed(draft, "words", summary="My words.")
    client.post(address(draft, "job/"), typed(draft, "job", title="Another title"))

    assert client.post(address(draft, "words/"), opened).status_code == 302
    vacancy = Vacancy.objects.get()
    assert (vacancy.title, vacancy.summary) == ("Another title", "My words.")


def test_what_hr_changes_meanwhile_is_a_conflict_too(client, draft):
    opened = typed(draft, "words", summary="My words.")
    change_vacancy(vacancy=draft, by=HRAdminFactory(), summary="HR's words.")

    page = client.post(address(draft, "words/"), opened).content.decode()

    assert ("HR&#x27;s words." in page, "My words." in page) == (True, True)


def test_words_that_come_too_late_are_shown_again(client, manager, draft):
    opened = typed(draft, "words", summary="My last words.")
    send_vacancy(vacancy=draft, by=manager)

    response = client.post(address(draft, "words/"), opened)

    assert response.status_code == 409
    assert "My last words." in response.content.decode()
    assert Vacancy.objects.get().summary != "My last words."


@pytest.mark.parametrize("state", sorted(set(VacancyState) - {VacancyState.DRAFT}))
def test_only_a_draft_is_written(client, manager, state):
    vacancy = vacancy_in(state, hiring_manager=manager)
    answers = answers_of(vacancy, "words") | {"summary": "Another."}

    assert client.get(address(vacancy, "words/")).url == address(vacancy)
    assert client.get(address(vacancy, "check/")).url == address(vacancy)
    with pytest.raises(InvalidTransition):
        save_step(
            vacancy=vacancy,
            step="words",
            answers=answers,
            opened_at=fingerprint(vacancy, "words"),
            by=manager,
        )


PAGES = ["", "check/", "take-back/", "copy/", *(f"{step}/" for step in STEPS)]


@pytest.mark.parametrize("page", PAGES)
def test_a_strangers_advert_is_not_there(client, manager, page):
    stranger = vacancy_in(VacancyState.DRAFT, hiring_manager=UserFactory(roles=["hiring_manager"]))

    get, post = client.get(address(stranger, page)), client.post(address(stranger, page))

    assert (get.status_code, post.status_code) == (404, 404)


@pytest.mark.parametrize("page", PAGES)
def test_who_hires_no_more_has_no_adverts(client, page):
    person = UserFactory()
    client.force_login(person)
    own = vacancy_in(VacancyState.DRAFT, hiring_manager=person)

    assert client.get(address(own, page)).status_code == 404


def test_only_hiring_managers_and_hr_begin_adverts(client):
    for roles, status in [([], 403), (["panel_member"], 403), (["hr_admin"], 200)]:
        client.force_login(UserFactory(roles=roles))
        assert client.get(MINE).status_code == client.get(f"{MINE}start/").status_code == status
    with pytest.raises(PermissionDenied):
        start_draft(
            title="A",
            role=RoleFactory(),
            team=TeamFactory(),
            one_time_key=uuid4(),
            by=UserFactory(),
        )


def test_a_stranger_writes_nothing(draft):
    with pytest.raises(PermissionDenied):
        save_step(
            vacancy=draft,
            step="contact",
            answers=answers_of(draft, "contact") | {"contact_name": "Eve"},
            opened_at="",
            by=UserFactory(roles=["hiring_manager"]),
        )


def test_the_list_shows_where_each_stands(client, manager):
    live = LiveVacancyFactory(hiring_manager=manager)
    SentApplicationFactory.create_batch(2, vacancy=live)
    draft = VacancyFactory(hiring_manager=manager)
    VacancyFactory()

    adverts = client.get(MINE).context["adverts"]

    assert [(row["vacancy"], row["wanted"], row["sent"]) for row in adverts] == [
        (draft, "Finish each part, check it, and send it to HR.", 0),
        (live, "People can see it and apply.", 2),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_query_count(client, manager, django_assert_num_queries, count):
    VacancyFactory.create_batch(count, hiring_manager=manager)

    # Session, person, two of standing roles, a count, the adverts, their applications.
    with django_assert_num_queries(6):
        client.get(MINE)


def test_the_task_list_says_what_is_finished(client, draft):
    client.post(address(draft, "contact/"), typed(draft, "contact"))

    tasks = {task["text"]: task["status"] for task in client.get(address(draft)).context["tasks"]}

    assert tasks["Contact"] == "Completed"
    assert tasks["Pay and hours"] == "Not finished"
    assert tasks["Check the advert and send it to HR"] == "Ready"


def test_comments_of_hr_are_shown(client, draft):
    draft.review_comments.create(text="Please name a contact.", written_by=HRAdminFactory())

    assert "Please name a contact." in client.get(address(draft)).content.decode()


def test_sending_what_lacks_something_says_what(client, draft):
    draft.criteria.all().delete()

    page = client.post(address(draft, "check/"), follow=True).content.decode()

    assert "Add at least one essential criterion" in page
    assert Vacancy.objects.get().state == VacancyState.DRAFT


def test_sending_twice_is_answered_in_words(client, draft):
    client.post(address(draft, "check/"))

    page = client.post(address(draft, "check/"), follow=True).content.decode()

    assert "This advert is awaiting approval already, so it was not sent again." in page
    sent = AuditEvent.objects.filter(event="vacancy_sent_for_approval")
    assert sent.count() == 1


def test_an_advert_is_taken_back_to_change_it(client, draft):
    client.post(address(draft, "check/"))

    page = client.post(address(draft, "take-back/"), follow=True).content.decode()

    assert "It is a draft again." in page
    page = client.post(address(draft, "take-back/"), follow=True).content.decode()
    assert "It does not wait for approval any more." in page


def test_a_hiring_manager_copies_their_own(client, manager):
    old = vacancy_in(VacancyState.CLOSED, hiring_manager=manager)
    Payment.objects.create(vacancy=old, kind="one_off", name="Golden hello", amount=3000)
    key = client.get(address(old)).context["one_time_key"]

    for _ in range(2):
        response = client.post(address(old, "copy/"), {"one_time_key": key})

    copy = Vacancy.objects.exclude(pk=old.pk).get()
    assert response.url == address(copy)
    assert (copy.copied_from, copy.hiring_manager) == (old, manager)


def test_the_preview_is_the_hiring_managers_and_not_the_publics(client, draft):
    assert client.get(draft.get_absolute_url()).status_code == 200
    client.logout()
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_saving_to_check_the_wording_comes_back_with_hints(client, draft):
    words = {"summary": "We want a ninja.", "stay": "yes"}

    response = client.post(address(draft, "words/"), typed(draft, "words", **words))

    assert response.url == address(draft, "words/") + "#hints"
    page = client.get(response.url).content.decode()
    assert "<strong>ninja</strong>: Try: skilled, experienced." in page


def test_a_duplicate_is_told_and_never_blocks(client, draft):
    live = LiveVacancyFactory(title="Social workers", team=draft.team)

    for page in ("", "job/", "check/"):
        assert live.reference in client.get(address(draft, page)).content.decode()
    assert client.post(address(draft, "check/")).status_code == 302
    assert Vacancy.objects.get(pk=draft.pk).state == VacancyState.AWAITING_APPROVAL


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3 March 2027", "2027-03-03"),
        ("3/3/2027", "2027-03-03"),
        ("3.3.27", None),
        ("31 2 2027", None),
    ],
)
def test_days_are_read_as_people_write_them(written, day):
    assert str(day_written(written) or None) == str(day)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Fareham PO16 7GZ", ("Fareham", "PO16 7GZ")),
        ("Fareham, po16", ("Fareham", "PO16")),
        ("po16 7gz", ("", "PO16 7GZ")),
        ("New Milton", ("New Milton", "")),
    ],
)
def test_a_line_is_a_place_and_perhaps_a_postcode(line, parts):
    assert split_postcode(line) == parts


def test_signed_out_people_are_sent_to_sign_in(client):
    vacancy = VacancyFactory()
    for path in (MINE, f"{MINE}start/", address(vacancy), address(vacancy, "words/")):
        assert client.get(path).url == f"{reverse('account_login')}?next={path}"

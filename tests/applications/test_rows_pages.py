"""The pages of the sections with several rows, as a person meets them."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from applications.models import (
    Application,
    Employment,
    Gap,
    Qualification,
    TrainingTaken,
)
from applications.sections import Held, section_of
from tests.applications.test_actions import close
from tests.applications.test_kept_words import NOTICE, sign_in_by_password, with_password
from tests.design_system.page import read
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.history import (
    EmploymentFactory,
    GapFactory,
    QualificationFactory,
    TrainingTakenFactory,
    finish,
)

pytestmark = pytest.mark.django_db

DEGREE = {
    "title": "BA Social Work",
    "awarded_by": "Eastcliff University",
    "result": "",
    "finished_on_month": "June",
    "finished_on_year": "2020",
}
JOB = {
    "job_title": "Teaching assistant",
    "employer": "Mill Lane School",
    "began_on_month": "3",
    "began_on_year": "2016",
    "is_present": "no",
    "ended_on_month": "Jul",
    "ended_on_year": "2018",
    "reason_for_leaving": "I moved.",
    "with_children": "yes",
    "duties": "",
}
COURSE = {
    "course": "Paediatric first aid",
    "provider": "",
    "taken_on_month": "2",
    "taken_on_year": "2019",
}
TYPED = {
    "qualification": (DEGREE, Qualification),
    "employment": (JOB, Employment),
    "training": (COURSE, TrainingTaken),
}


@pytest.fixture(autouse=True)
def _september_2019():
    with time_machine.travel(datetime(2019, 9, 15, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def application(client):
    made = ApplicationFactory(answers=False, left_education_on="2015-06-01")
    client.force_login(made.applicant)
    return made


def url(name, application, *more):
    return reverse(f"applications:{name}", args=[application.reference, *more])


def shown(client, address):
    return read(client.get(address).content.decode())


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def key_of(client, address):
    return client.get(address).context["form"]["one_time_key"].value()


def is_whole(application, name):
    return section_of(Held(Application.objects.get(pk=application.pk)), name).is_whole


@pytest.mark.parametrize("kind", TYPED)
def test_a_row_is_added_listed_changed_and_removed(client, application, kind):
    typed, model = TYPED[kind]
    add, listed = url(f"{kind}-add", application), url(f"{kind}-list", application)

    added = client.post(add, {**typed, "one_time_key": key_of(client, add)})
    row = model.objects.get()
    page = shown(client, listed)
    change = client.get(url(f"{kind}-change", application, row.pk)).context["form"]
    changed = client.post(
        url(f"{kind}-change", application, row.pk),
        {**typed, "version": change["version"].value(), next(iter(typed)): "Something else"},
    )
    asked = client.get(url(f"{kind}-remove", application, row.pk))
    removed = client.post(url(f"{kind}-remove", application, row.pk), {"version": 2})

    assert [answer.url for answer in (added, changed, removed)] == [listed] * 3
    heading = section_of(Held(application), model.SECTION).heading_of(row)
    assert page.one("h3", css="hp-row__title").text == heading
    assert asked.content.decode().count("Something else") == 1
    assert model.objects.count() == 0


@pytest.mark.parametrize("kind", TYPED)
def test_a_form_sent_twice_makes_one_row(client, application, kind):
    typed, model = TYPED[kind]
    add = url(f"{kind}-add", application)
    sent = {**typed, "one_time_key": key_of(client, add)}

    for _ in range(2):
        client.post(add, sent)

    assert model.objects.count() == 1


def test_a_result_may_lie_ahead(client, application):
    client.post(
        url("qualification-add", application),
        {**DEGREE, "finished_on_month": "7", "finished_on_year": "2021"},
    )
    page = shown(client, url("qualification-list", application))

    assert "Expected: July 2021" in [fact.text for fact in page.all(css="hp-row__fact")]


@pytest.mark.parametrize(
    ("kind", "typed", "errors"),
    [
        ("qualification", {"title": ""}, {"title": ["Enter the qualification and its subject"]}),
        (
            "qualification",
            {"title": "x" * 200_000},
            {"title": ["Qualification and subject must be 150 characters or fewer"]},
        ),
        (
            "qualification",
            {"title": "BA\x00"},
            {"title": ["Remove the invisible characters that were copied along, or type it again"]},
        ),
        (
            "qualification",
            {"finished_on_year": "1066"},
            {"finished_on": ["The month of the result must be January 1939 or later"]},
        ),
        (
            "qualification",
            {"finished_on_year": "2999"},
            {"finished_on": ["The month of the result must be December 2025 or earlier"]},
        ),
        (
            "qualification",
            {"finished_on_month": ""},
            {"finished_on": ["The month of the result must include a month"]},
        ),
        (
            "employment",
            {"began_on_year": "2999"},
            {
                "began_on": ["The first month must be September 2019 or earlier"],
            },
        ),
        (
            "employment",
            {"ended_on_year": "2016", "ended_on_month": "2"},
            {"ended_on": ["The last month must be March 2016 or later, as the first is"]},
        ),
        (
            "employment",
            {"ended_on_year": "", "ended_on_month": "", "reason_for_leaving": ""},
            {
                "ended_on": ["Enter the last month"],
                "reason_for_leaving": ["Enter why you left, in a few words"],
            },
        ),
        (
            "employment",
            {"is_present": "", "with_children": "perhaps"},
            {
                "is_present": ["Select yes if you still have this job"],
                "with_children": [
                    "Select yes if you worked with children, young people or vulnerable adults"
                ],
            },
        ),
        (
            "employment",
            {"duties": "x" * 200_000},
            {"duties": ["Use 2,000 characters or fewer"]},
        ),
        ("training", {"course": " "}, {"course": ["Enter the name of the course"]}),
        (
            "training",
            {"taken_on_year": "2019", "taken_on_month": "Smarch"},
            {"taken_on": ["The month you finished must have a month from 1 to 12"]},
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    client, application, kind, typed, errors
):
    sent = {**TYPED[kind][0], **typed}
    response = client.post(url(f"{kind}-add", application), sent)

    assert errors_of(response) == errors
    assert TYPED[kind][1].objects.count() == 0
    page = read(response.content.decode())
    assert page.one("head").one("title").text.startswith("Error: ")
    for box in page.one("form", css="hp-form").all("input", type="text"):
        assert box.get("value", "") == sent[box["name"]]


@pytest.mark.parametrize(
    "name", ["Zoë 🙂 Ní Dhomhnaill & Söhne", "בית הספר של עדנה", "مدرسة", "'; DROP TABLE x; --"]
)
def test_names_are_taken_and_shown_as_people_write_them(client, application, name):
    client.post(url("employment-add", application), {**JOB, "employer": name})

    assert Employment.objects.get().employer == name
    page = shown(client, url("employment-list", application))
    assert page.one("h3", css="hp-row__title").text == f"Teaching assistant, {name}"


def test_a_job_that_goes_on_needs_no_end_and_no_reason(client, application):
    client.post(url("employment-add", application), {**JOB, "is_present": "yes"})

    job = Employment.objects.get()
    assert (job.ended_on, job.reason_for_leaving) == (None, "")


def test_a_job_that_goes_on_is_not_asked_for_an_end_that_was_typed_badly(client, application):
    sent = {**JOB, "is_present": "yes", "ended_on_year": "2999", "reason_for_leaving": "x" * 400}
    client.post(url("employment-add", application), sent)

    assert Employment.objects.get().ended_on is None


def test_the_month_of_leaving_education_is_asked_first(client, application):
    Application.objects.update(left_education_on=None)
    asked = client.get(url("employment-list", application)).url
    answered = client.post(
        asked, {"left_education_on_month": "Jun", "left_education_on_year": "2014", "version": 0}
    )

    assert asked == url("employment-education", application)
    assert answered.url == url("employment-list", application)
    application.refresh_from_db()
    assert str(application.left_education_on) == "2014-06-01"


def test_somebody_still_learning_gives_the_month_they_will_leave(client, application):
    page = url("employment-education", application)
    client.post(page, {"left_education_on_month": "7", "left_education_on_year": "2020"})

    client.post(url("employment-list", application), {"version": 1})

    assert is_whole(application, "employment") is True


def links_to_explain(client, application):
    page = shown(client, url("employment-list", application))
    return [(link.text, link["href"]) for link in page.all("a") if link.text.startswith("Explain ")]


def test_each_uncovered_time_has_a_link_until_it_is_explained(client, application):
    EmploymentFactory(application=application, began_on="2015-09-01", ended_on="2018-02-01")
    EmploymentFactory(application=application, began_on="2018-06-01")
    links = links_to_explain(client, application)
    form = client.get(links[1][1]).context["form"]

    client.post(
        links[1][1],
        {
            "words": "I looked for work.",
            "began_on_month": "3",
            "began_on_year": "2018",
            "ended_on_month": "4",
            "ended_on_year": "2018",
        },
    )

    base = url("gap-explain", application, "2015-07").removesuffix("2015-07/")
    assert links == [
        ("Explain July to August 2015", f"{base}2015-07/"),
        ("Explain March to May 2018", f"{base}2018-03/"),
    ]
    assert [str(form[name].value()) for name in ("began_on", "ended_on")] == [
        "2018-03-01",
        "2018-05-01",
    ]
    assert links_to_explain(client, application) == [
        ("Explain July to August 2015", f"{base}2015-07/"),
        ("Explain May 2018", f"{base}2018-05/"),
    ]


def test_the_drawing_shows_jobs_explanations_and_what_is_missing(client, application):
    EmploymentFactory(application=application, began_on="2015-07-01", ended_on="2018-02-01")
    GapFactory(application=application, began_on="2018-03-01", ended_on="2018-04-01")
    EmploymentFactory(application=application, began_on="2018-06-01")
    figure = shown(client, url("employment-list", application)).one(css="hp-spans__figure")

    looks = [
        bar.classes[1].removeprefix("hp-spans__bar--")
        for bar in figure.all("rect", css="hp-spans__bar")
    ]
    assert looks == ["solid", "hatched", "outlined", "solid"]
    assert figure["aria-label"] == (
        "Your work from July 2015 to September 2019: 2 jobs, 1 explanation, 1 time to explain. "
        "The lists below say the same."
    )


def buttons(page):
    return [button.text for button in page.one("main").all("button")]


def test_a_history_can_be_finished_only_when_no_month_is_without_a_word(client, application):
    EmploymentFactory(application=application, began_on="2015-08-01")
    listed = url("employment-list", application)
    before = buttons(shown(client, listed))
    pressed = client.post(listed, {"version": 0}, follow=True)

    GapFactory(application=application, began_on="2015-07-01", ended_on="2015-07-01")
    after = buttons(shown(client, listed))
    client.post(listed, {"version": 1})

    assert before == []
    assert "Still missing: what you did in July 2015." in pressed.content.decode()
    assert after == ["That is all: save and continue"]
    assert is_whole(application, "employment") is True


def test_explanations_outside_any_gap_are_offered_for_removal_and_kept_until_then(
    client, application
):
    EmploymentFactory(application=application)
    gap = GapFactory(application=application)
    finish(application, "employment")
    page = shown(client, url("employment-list", application))

    assert "Explanations that are no longer needed" in [title.text for title in page.all("h2")]
    assert [title.text for title in page.all("h3", css="hp-row__title")] == [
        "Teaching assistant, Mill Lane School",
        "Explained: March to May 2019",
    ]
    assert is_whole(application, "employment") is True

    client.post(url("gap-remove", application, gap.pk), {"version": 1})

    assert Gap.objects.count() == 0


@pytest.mark.parametrize("month", ["2019-13", "2019", "0000-01", "today", "2019-1"])
def test_a_month_that_is_none_is_not_there(client, application, month):
    assert client.get(url("gap-explain", application, month)).status_code == 404


def test_a_month_that_needs_no_word_leads_back_to_the_list(client, application):
    EmploymentFactory(application=application)

    response = client.get(url("gap-explain", application, "2019-03"))

    assert response.url == url("employment-list", application)


def test_somebody_without_qualifications_or_training_says_so(client, application):
    for kind, name in (("qualification", "qualifications"), ("training", "training")):
        page = shown(client, url(f"{kind}-list", application))
        response = client.post(url(f"{kind}-list", application), {"version": 0})

        assert len(buttons(page)) == 1
        assert response.url == application.get_absolute_url()
        assert is_whole(application, name) is True


def test_who_came_from_the_answers_goes_back_to_them(client, application):
    row = QualificationFactory(application=application)
    listed = f"{url('qualification-list', application)}?change=1"
    links = [link["href"] for link in shown(client, listed).one("main").all("a")]
    changed = client.post(
        f"{url('qualification-change', application, row.pk)}?change=1", {**DEGREE, "version": 0}
    )
    finished = client.post(changed.url, {"version": 1})

    assert all(link.endswith(("?change=1", "/check/")) for link in links)
    assert changed.url == listed
    assert finished.url == url("application-check", application)


def test_a_second_tab_is_shown_both_and_may_then_save(client, application):
    row = QualificationFactory(application=application)
    page = url("qualification-change", application, row.pk)
    client.post(page, {**DEGREE, "title": "From the first tab", "version": 0})

    conflict = client.post(page, {**DEGREE, "title": "From the second tab", "version": 0})
    html = conflict.content.decode()
    version = conflict.context["form"]["version"].value()
    client.post(page, {**DEGREE, "title": "From the second tab", "version": version})

    assert [html.count(f"From the {tab} tab") for tab in ("first", "second")] == [1, 1]
    row.refresh_from_db()
    assert row.title == "From the second tab"


def test_that_is_all_shows_the_list_again_when_it_was_changed_elsewhere(client, application):
    listed = url("qualification-list", application)
    client.post(url("qualification-add", application), DEGREE)

    response = client.post(listed, {"version": 0}, follow=True)

    assert response.redirect_chain[-1][0] == listed
    assert response.content.decode().count("This was also changed in another tab") == 1
    assert is_whole(application, "qualifications") is False


def test_there_is_room_for_so_many_rows_and_the_words_stay(client, application, settings):
    settings.APPLICATION_ROWS_MOST = 1
    QualificationFactory(application=application)

    page = client.get(url("qualification-list", application)).content.decode()
    response = client.post(url("qualification-add", application), DEGREE)

    assert page.count("You have added 1, and there is room for no more here.") == 1
    assert page.count("Add another qualification") == 0
    assert errors_of(response) == {"__all__": ["You can add 1 at most. Remove one to add another"]}
    assert response.context["form"]["title"].value() == "BA Social Work"


FACTORIES = {
    "qualification": QualificationFactory,
    "employment": EmploymentFactory,
    "gap": GapFactory,
    "training": TrainingTakenFactory,
}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("verb", ["change", "remove"])
@pytest.mark.parametrize("kind", FACTORIES)
def test_rows_of_others_are_not_there(client, application, kind, verb, method):
    theirs = FACTORIES[kind](application=ApplicationFactory(answers=False))
    through_mine = url(f"{kind}-{verb}", application, theirs.pk)
    through_theirs = url(f"{kind}-{verb}", theirs.application, theirs.pk)

    answers = [
        getattr(client, method)(page, {"version": 0}) for page in (through_mine, through_theirs)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert type(theirs).objects.get() == theirs


@pytest.mark.parametrize("page", ["employment-list", "qualification-add", "employment-education"])
def test_sections_of_others_are_not_there(client, application, page):
    theirs = ApplicationFactory(answers=False)

    assert client.get(url(page, theirs)).status_code == 404
    assert client.post(url(page, theirs), DEGREE).status_code == 404


def test_a_row_that_comes_after_the_closing_day_is_shown_again(client, application):
    close(application.vacancy)

    response = client.post(url("employment-add", application), {**JOB, "duties": "Reading aloud."})

    shown_again = {row["key"]: row["value"] for row in response.context["typed"]}
    assert shown_again["Job title"] == "Teaching assistant"
    assert shown_again["What did you do there? (optional)"] == "Reading aloud."
    assert shown_again["When did it end? (month)"] == "Jul"
    assert Employment.objects.count() == 0


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("qualification-add", DEGREE),
        ("employment-add", JOB),
        ("training-add", COURSE),
        ("employment-education", {"left_education_on_month": "Mai", "left_education_on_year": "9"}),
    ],
)
def test_words_come_back_after_the_session_was_lost(client, application, page, typed):
    with_password(application.applicant)
    client.logout()

    to_login = client.post(url(page, application), typed).url
    back = sign_in_by_password(client, application.applicant, to_login).url
    answer = client.get(back)

    assert answer.content.decode().count(NOTICE) == 1
    boxes = read(answer.content.decode()).one("form", css="hp-form")
    shown_again = {box["name"]: box.get("value", "") for box in boxes.all("input", type="text")}
    assert shown_again == {name: typed[name] for name in shown_again}
    chosen = {
        box["name"]: box["value"]
        for box in boxes.all("input", type="radio")
        if "checked" in box.attributes
    }
    assert chosen == {name: typed[name] for name in chosen}
    assert len(chosen) == (2 if page == "employment-add" else 0)


def test_words_kept_are_sent_once_however_often(client, application):
    with_password(application.applicant)
    client.logout()
    to_login = client.post(url("qualification-add", application), DEGREE).url
    back = sign_in_by_password(client, application.applicant, to_login).url
    key = key_of(client, back)

    for _ in range(2):
        client.post(back, {**DEGREE, "one_time_key": key})

    assert Qualification.objects.count() == 1


def test_a_change_kept_over_the_sign_in_starts_from_the_words_typed(client, application):
    with_password(application.applicant)
    row = EmploymentFactory(application=application)
    client.logout()
    page = url("employment-change", application, row.pk)

    to_login = client.post(page, {**JOB, "version": 0}).url
    back = sign_in_by_password(client, application.applicant, to_login).url
    form = client.get(back).context["form"]

    assert [form[name].value() for name in ("employer", "is_present", "version")] == [
        "Mill Lane School",
        "no",
        "0",
    ]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"), [("qualification-list", 7), ("employment-list", 8), ("training-list", 7)]
)
def test_a_list_costs_the_same_however_long(
    client, application, django_assert_num_queries, page, queries, number
):
    for _ in range(number):
        QualificationFactory(application=application)
        EmploymentFactory(application=application)
        GapFactory(application=application)
        TrainingTakenFactory(application=application)
    client.get(url(page, application))

    with django_assert_num_queries(queries):
        client.get(url(page, application))


def test_a_stranger_finds_nothing(client, application):
    client.force_login(UserFactory())

    assert client.get(url("employment-list", application)).status_code == 404

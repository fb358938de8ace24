"""What HR and applicants see of the checks, and what is filled in there."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from applications.actions import doubt_check, hand_check_on, leave_check_out
from applications.attention import checks_to_look_at, registrations_to_look_up
from applications.models import Check, RegistrationCheck, RequiredCheck
from applications.states import ApplicationState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.checks import check_of, load_kinds, offered, see, settle, settle_all
from tests.factories.disclosing import settle_disclosure
from tests.factories.offers import step_on
from tests.factories.organisation import RoleFactory

pytestmark = pytest.mark.django_db
SECRET = "Plover and the number 998877"


@pytest.fixture
def hr(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


def step(check, name):
    return reverse("admin:applications_check_step", args=[check.pk, name])


def seen_today(**fields):
    today = timezone.localdate().isoformat()
    return {"what_was_seen": "The passport.", "seen_on": today} | fields


def hire(application):
    by = HRAdminFactory()
    for state in (ApplicationState.CHECKS, ApplicationState.HIRED):
        step_on(application, state, by=by)


# --- HR's page of one application -----------------------------------------------------------------


def test_hr_notes_what_was_seen_and_confirms_it(client, hr):
    check = check_of(offered(), "identity")

    client.post(step(check, "seen"), seen_today(number="123"))
    client.post(step(check, "confirm"))

    check.refresh_from_db()
    assert (check.state, check.number, check.seen_by) == ("confirmed", "123", hr)


def test_who_saw_it_is_told_that_somebody_else_confirms(client, hr):
    check = see(check_of(offered(), "dbs"), hr)

    page = client.post(step(check, "confirm"))

    assert page.context["form"].non_field_errors() == [
        "You saw this yourself. Somebody else must confirm it."
    ]


def test_hr_is_told_that_references_wait_until_enough_are_accepted(client, hr):
    check = see(check_of(offered(), "references"))

    page = client.post(step(check, "confirm"))

    assert page.context["form"].non_field_errors() == [
        "This waits until 2 references are accepted, the last employer’s among them. "
        "Read and accept them under References of the application."
    ]
    check.refresh_from_db()
    assert check.state == "seen"


def test_the_page_of_the_checks_says_what_is_open(client, hr):
    application = offered()

    page = client.get(reverse("admin:applications_checks_of", args=[application.pk]))

    assert len(page.context["open"]) == 12
    assert page.context["lines"][0].days == 0


def test_the_page_of_the_checks_costs_the_same_for_few_steps_and_many(
    client, hr, django_assert_num_queries
):
    application = offered()
    settle_disclosure(application)
    url = reverse("admin:applications_checks_of", args=[application.pk])
    client.get(url)

    with django_assert_num_queries(21):
        client.get(url)
    for check in application.checks.select_related("kind", "application"):
        settle(check)
    with django_assert_num_queries(21):
        client.get(url)


def test_only_hr_reaches_the_pages_and_nobody_their_own(client):
    application = offered(applicant=HRAdminFactory())
    url = reverse("admin:applications_checks_of", args=[application.pk])
    check = check_of(application, "identity")

    client.force_login(application.applicant)
    assert client.get(url).status_code == 404
    assert client.get(step(check, "seen")).status_code == 404
    client.force_login(UserFactory(roles=["workforce_development_officer"]))
    assert client.get(url).status_code == 403


@pytest.mark.parametrize(
    ("nature", "fields", "wrong"),
    [
        ("identity", {"seen_on": "1066-10-14"}, "seen_on"),
        ("identity", {"seen_on": "2999-01-01"}, "seen_on"),
        ("identity", {"seen_on": "yesterday"}, "seen_on"),
        ("identity", {"what_was_seen": " "}, "what_was_seen"),
        ("identity", {"what_was_seen": "x" * 1001}, "what_was_seen"),
        ("identity", {"what_was_seen": "a\x00b"}, "what_was_seen"),
        ("identity", {"expires_on": "1066-01-01"}, "expires_on"),
        ("identity", {"expires_on": "2999-01-01"}, "expires_on"),
        ("right_to_work", {"way": ""}, "way"),
        ("right_to_work", {"way": "bribe"}, "way"),
        ("dbs", {"issued_on": "2999-01-01"}, "issued_on"),
        ("dbs", {"level": "", "outcome": "nothing"}, "level"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box(client, hr, nature, fields, wrong):
    check = check_of(offered(), nature)
    right = {
        "identity": {},
        "right_to_work": {"way": "manual"},
        "dbs": {
            "number": "1",
            "issued_on": timezone.localdate().isoformat(),
            "level": "enhanced_barred",
            "outcome": "nothing",
        },
    }[nature]

    page = client.post(step(check, "seen"), seen_today(**right | fields))

    assert list(page.context["form"].errors) == [wrong]
    check.refresh_from_db()
    assert check.state == "waiting"


def test_a_permission_is_looked_at_again_before_it_ends(client, hr):
    check = check_of(offered(), "right_to_work")
    ends = timezone.localdate() + timedelta(days=100)
    late = {"way": "online", "expires_on": ends.isoformat()}

    page = client.post(step(check, "seen"), seen_today(**late))
    assert list(page.context["form"].errors) == ["follow_up_on"]
    page = client.post(
        step(check, "seen"),
        seen_today(**late, follow_up_on=(ends + timedelta(days=1)).isoformat()),
    )
    assert list(page.context["form"].errors) == ["follow_up_on"]


def test_emoji_apostrophes_and_right_to_left_names_are_kept(client, hr):
    check = check_of(offered(full_name="O’Brien נועה 🌻"), "identity")

    client.post(step(check, "seen"), seen_today(what_was_seen="נועה’s passport 🌻"))

    check.refresh_from_db()
    assert check.what_was_seen == "נועה’s passport 🌻"


@pytest.mark.parametrize("name", ["seen", "confirm", "undo", "steal"])
def test_a_check_or_a_step_that_does_not_exist_is_not_found(client, hr, name):
    check = check_of(offered(), "identity")

    assert client.get(f"/admin/applications/checks/step/999999/{name}/").status_code == 404
    assert client.get(step(check, name)).status_code == (404 if name == "steal" else 200)


def test_a_step_that_came_too_late_says_so(client, hr):
    check = settle(check_of(offered(), "identity"))

    page = client.post(step(check, "confirm"), follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "Nothing was changed: somebody else has done something about this check, or it is yours."
    ]


def buttons(client, check):
    page = client.get(reverse("admin:applications_checks_of", args=[check.application_id]))
    (line,) = [line for line in page.context["lines"] if line.check.pk == check.pk]
    return {words for url, words in line.links}, line.never_left_out


def test_the_page_says_why_the_right_to_work_is_never_left_out(client, hr):
    check = check_of(offered(), "right_to_work")

    words, why = buttons(client, check)
    page = client.post(step(check, "not-needed"), {"reason": "I know them."})

    assert "Not needed" not in words
    assert why.startswith("The law asks us to check the right to work of everybody")
    assert page.context["form"].non_field_errors() == [why]


def test_two_people_leave_the_references_out_and_they_are_taken_up_again(client, hr):
    check = check_of(offered(), "references")
    client.post(step(check, "not-needed"), {"reason": "They worked here."})

    page = client.post(step(check, "confirm-not-needed"))
    assert page.context["form"].non_field_errors() == [
        "You said yourself that it is not needed. Somebody else must confirm it."
    ]
    assert "Confirm that it is not needed" not in buttons(client, check)[0]
    client.force_login(HRAdminFactory())
    assert "Confirm that it is not needed" in buttons(client, check)[0]
    client.post(step(check, "confirm-not-needed"))
    assert buttons(client, check)[0] == {"Take it up again"}
    client.post(step(check, "take-up"), {"reason": "They left in 2019."})

    check.refresh_from_db()
    assert check.state == "held"


# --- Lists ----------------------------------------------------------------------------------------


def age(check, days):
    since = timezone.now() - timedelta(days=days)
    Check.objects.filter(pk=check.pk).update(held_since=since)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_open_checks_is_sorted_by_age(client, hr, number, django_assert_num_queries):
    for days in range(number):
        application = offered()
        application.checks.exclude(kind__nature="identity").delete()
        age(check_of(application, "identity"), days)
    url = reverse("admin:applications_checks")
    client.get(url)

    with django_assert_num_queries(5):
        page = client.get(url)

    assert [check.days for check in page.context["rows"]] == list(range(number))[::-1]


def test_the_matrix_has_a_row_for_each_role(client, hr, django_assert_num_queries):
    load_kinds()
    role = RoleFactory(name="Harbour worker", family="family_support")
    RequiredCheck.objects.create(
        role=role, kind_id=RequiredCheck.objects.first().kind_id, starts_on="2026-01-01"
    )
    url = reverse("admin:applications_check_matrix")
    client.get(url)

    with django_assert_num_queries(6):
        page = client.get(url)

    ((shown, needs),) = page.context["lines"]
    assert shown == role
    assert sum(need is not None for need in needs) == 6


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, None),
        ({"starts_on": "1066-10-14"}, "starts_on"),
        ({"starts_on": "2999-01-01"}, "starts_on"),
        ({"ends_on": "2999-01-01"}, "ends_on"),
        ({"valid_months": "0"}, "valid_months"),
        ({"family": ""}, "__all__"),
    ],
)
def test_hr_says_who_needs_what_and_a_slip_of_the_key_is_told(client, hr, fields, wrong):
    load_kinds()
    before = RequiredCheck.objects.count()
    kind = RequiredCheck.objects.first().kind_id
    right = {"family": "social_work", "kind": kind, "is_needed": "on", "starts_on": "2026-12-01"}

    page = client.post(reverse("admin:applications_requiredcheck_add"), right | fields)

    if wrong is None:
        assert RequiredCheck.objects.count() == before + 1
    else:
        assert list(page.context["adminform"].form.errors) == [wrong]


def test_hr_is_told_of_checks_that_lie_too_long_and_of_numbers_to_look_up(hr):
    application = offered()
    age(check_of(application, "identity"), 20)

    assert [(item.count, item.text) for item in checks_to_look_at(hr)] == [
        (1, "check with one person for 14 days or more")
    ]
    assert [(item.count, item.text) for item in registrations_to_look_up(hr)] == [
        (1, "person to look up on the register of social workers")
    ]


def test_hr_is_told_of_a_right_to_work_that_runs_out(hr):
    check = check_of(offered(), "right_to_work")
    ends = timezone.localdate() + timedelta(days=30)
    settle(check, expires_on=ends, follow_up_on=ends)

    assert [item.text for item in checks_to_look_at(hr)] == [
        "check of a right to work to look at again: it runs out"
    ]


def test_nobody_else_is_told_of_checks():
    offered()

    assert checks_to_look_at(UserFactory()) == registrations_to_look_up(UserFactory()) == []


# --- The ledger's page ----------------------------------------------------------------------------


def test_the_ledger_gives_numbers_and_takes_the_list_back(client, hr):
    offered(number="SW999001", full_name="Ada Plover")
    offered(number="SW999002", full_name="Bo Teal")
    url = reverse("admin:applications_ledger")
    assert client.get(url).context["numbers"] == "SW999001, SW999002"
    rows = b"Registration number,Name,Status\nSW999001,Ada Plover,Registered\nSW999002,Bo Teale-Reed,Registered\n"
    file = SimpleUploadedFile("list.csv", rows)

    page = client.post(url, {"file": file, "looked_on": timezone.localdate().isoformat()})

    assert page.context["told"]["good"] == 1
    (near,) = page.context["near"]
    answer = reverse("admin:applications_ledger_name", args=[near.pk])
    assert client.get(answer).status_code == 404
    client.post(answer, {"answer": "same"})
    near.refresh_from_db()
    assert near.confirmed_by == hr


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"looked_on": "1066-10-14"}, "looked_on"),
        ({"looked_on": "2999-01-01"}, "looked_on"),
        ({"file": ""}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "file"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * 2_000_000)}, "file"),
    ],
)
def test_a_bad_list_or_day_is_said_beside_its_box(client, hr, fields, wrong):
    good = SimpleUploadedFile("a.csv", b"Registration number,Name,Status\nSW1,A,Registered\n")
    data = {"file": good, "looked_on": timezone.localdate().isoformat()} | fields

    page = client.post(reverse("admin:applications_ledger"), data)

    assert list(page.context["form"].errors) == [wrong]
    assert RegistrationCheck.objects.count() == 0


# --- For inspectors -------------------------------------------------------------------------------


def test_the_inspection_file_has_every_check_and_is_on_record(client, hr):
    application = offered()
    settle_all(application)
    hire(application)

    page = client.get(reverse("admin:applications_inspection_file", args=[application.pk]))

    assert len(page.context["checks"]) == 8
    assert AuditEvent.objects.get(event="inspection_file_printed").by == hr


def test_there_is_no_inspection_file_before_somebody_is_appointed(client, hr):
    url = reverse("admin:applications_inspection_file", args=[offered().pk])

    assert client.get(url).status_code == 404


def test_the_central_record_is_a_file_that_no_spreadsheet_runs(client, hr):
    application = offered(full_name="=cmd|’/c calc’!A1")
    settle_all(application)
    hire(application)

    answer = client.get(reverse("admin:applications_central_record_download"))

    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert rows[1].startswith("'=cmd")
    assert AuditEvent.objects.get(event="central_record_exported").facts == {"rows": 1}
    assert "The original" not in rows[1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_central_record_costs_the_same_for_one_and_for_three(
    client, hr, number, django_assert_num_queries
):
    for _ in range(number):
        application = offered()
        settle_all(application)
        hire(application)
    url = reverse("admin:applications_central_record")
    client.get(url)

    with django_assert_num_queries(11):
        page = client.get(url)

    assert len(page.context["rows"]) == number


# --- The applicant's card -------------------------------------------------------------------------


def card_of(client, application):
    client.force_login(application.applicant)
    page = client.get(application.get_absolute_url())
    return page, page.context["checks"]


def test_the_applicant_reads_who_has_each_check_and_since_when(client):
    application = offered()
    hand_check_on(
        check=check_of(application, "dbs"), holder="dbs", next_step="Wait", by=HRAdminFactory()
    )

    _, card = card_of(client, application)

    dbs = card["rows"][2]
    assert (dbs["who"], dbs["status"]) == ("The Disclosure and Barring Service", "Under way")
    assert timezone.localdate(dbs["since"]) == timezone.localdate()
    assert (card["rows"][0]["who"], card["rows"][3]["who"]) == ("You", "Your referees")


def test_the_applicant_reads_nothing_that_we_wrote(client):
    application = offered()
    hr = HRAdminFactory()
    see(check_of(application, "identity"), hr, what_was_seen=SECRET, number=SECRET)
    doubt_check(check=check_of(application, "dbs"), reason=SECRET, by=hr)
    leave_check_out(check=check_of(application, "overseas"), reason=SECRET, by=hr)
    hand_check_on(check=check_of(application, "health"), holder="hr", next_step=SECRET, by=hr)

    page, card = card_of(client, application)

    assert SECRET not in page.content.decode()
    assert hr.full_name not in str(card)
    assert card["rows"][2]["status"] == "We are looking into it"


def test_who_waits_to_be_registered_reads_what_happens(client):
    _, card = card_of(client, offered(registered=False))

    assert card["can_give_number"] is True
    assert card["awaiting"][1].startswith("Only registered people may call themselves")


def test_there_is_no_card_before_an_offer(client):
    application = offered()
    Check.objects.all().delete()

    assert card_of(client, application)[1] is None

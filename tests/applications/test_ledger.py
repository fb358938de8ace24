"""The registration ledger: whom to look up, the list that comes back, and near names."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.states import InvalidTransition
from applications.actions import (
    confirm_name,
    give_registration_number,
    read_register,
    reject_name,
    withdraw_application,
)
from applications.models import RegistrationCheck
from applications.queries.checks import what_is_open
from applications.queries.ledger import due_to_look_up, numbers_to_copy
from applications.register_list import likeness
from organisation.sheets.problems import UnfitFile
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.checks import check_of, offered, settle_all
from tests.factories.organisation import RoleFactory

pytestmark = pytest.mark.django_db
HEADINGS = "Registration number,Name,Status,Conditions,Town,Expiry date"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def hr():
    return HRAdminFactory()


def csv(*rows, headings=HEADINGS, name="register.csv"):
    return SimpleUploadedFile(name, "\r\n".join([headings, *rows]).encode())


def read(*rows, by, on=None, **kwargs):
    """Take a list back; returns the words for each row."""
    file = csv(*rows, **kwargs)
    told, _ = read_register(file=file, looked_on=on or timezone.localdate(), by=by)
    return [row.words for row in told]


def somebody(number="SW999001", full_name="Ada Plover", **fields):
    return offered(number=number, full_name=full_name, **fields)


# --- Whom to look up ------------------------------------------------------------------------------


def test_numbers_are_of_people_with_an_offer_whose_role_needs_registration(today):
    somebody("SW999001")
    withdrawn = somebody("SW999002")
    withdraw_application(application=withdrawn, by=withdrawn.applicant)
    offered(role=RoleFactory())
    offered(registered=False)

    assert numbers_to_copy(today) == ["SW999001"]


def test_at_most_as_many_numbers_as_the_register_takes(today, settings):
    settings.REGISTER_NUMBERS_MOST = 2
    for number in range(1, 4):
        somebody(f"SW99900{number}")

    assert numbers_to_copy(today) == ["SW999001", "SW999002"]


def test_who_was_looked_up_lately_is_not_due_until_shortly_before_it_is_too_old(today, hr):
    somebody()
    read("SW999001,Ada Plover,Registered,,,", by=hr)

    assert list(due_to_look_up(today)) == []
    assert len(due_to_look_up(today + timedelta(days=13))) == 1


# --- The list that comes back ---------------------------------------------------------------------


def test_number_and_name_that_agree_become_a_look(today, hr):
    application = somebody()

    words = read(
        "SW999001,Ada Plover,Registered,,Alton,30/11/2027", by=hr, on=today - timedelta(days=2)
    )

    look = RegistrationCheck.objects.get()
    assert words == ["Registered."]
    assert (look.application, look.number, look.status) == (application, "SW999001", "Registered")
    assert (look.looked_on, look.looked_by, look.town) == (today - timedelta(days=2), hr, "Alton")
    assert look.expires_on.isoformat() == "2027-11-30"


def test_a_good_look_confirms_the_check_of_registration(today, hr):
    application = somebody()
    settle_all(application, but=["registration"])

    read("SW999001,Ada Plover,Registered,,,", by=hr)

    assert check_of(application, "registration").state == "confirmed"
    assert what_is_open(application, today) == []


def test_conditions_are_for_a_person_to_think_about(hr):
    application = somebody()

    read("SW999001,Ada Plover,Registered with conditions,Works under supervision,,", by=hr)

    check = check_of(application, "registration")
    assert check.state == "seen"
    assert "Works under supervision" in check.what_was_seen


def test_somebody_who_may_not_practise_is_a_problem(today, hr):
    application = somebody()

    read("SW999001,Ada Plover,Suspended,,,", by=hr)

    assert check_of(application, "registration").state == "doubtful"
    assert any("may practise" in words for words in what_is_open(application, today))


@pytest.mark.parametrize("name", ["Ada Plover", "PLOVER, Ada", "ada  plover", "Plover Ada"])
def test_the_order_and_the_letters_of_a_name_do_not_matter(name, hr):
    somebody()

    read(f'SW999001,"{name}",Registered,,,', by=hr)

    assert RegistrationCheck.objects.counting().count() == 1


def test_a_near_name_waits_for_a_person_and_counts_for_nothing(today, hr):
    application = somebody()
    settle_all(application)

    words = read("SW999001,Ada Plover-Reed,Registered,,,", by=hr)

    assert words == ["The name is near: say below whether it is the same person."]
    assert len(what_is_open(application, today)) == 1


def test_a_near_name_that_a_person_confirms_counts(today, hr):
    application = somebody()
    settle_all(application)
    read("SW999001,Ada Plover-Reed,Registered,,,", by=hr)

    confirm_name(look=RegistrationCheck.objects.get(), by=hr)

    assert what_is_open(application, today) == []
    with pytest.raises(InvalidTransition):
        confirm_name(look=RegistrationCheck.objects.get(), by=hr)


def test_a_name_that_was_confirmed_is_known_the_next_time(today, hr):
    somebody()
    read("SW999001,Ada Plover-Reed,Registered,,,", by=hr, on=today - timedelta(days=5))
    confirm_name(look=RegistrationCheck.objects.get(), by=hr)

    assert read("SW999001,Ada Plover-Reed,Registered,,,", by=hr) == ["Registered."]


def test_a_near_name_that_is_somebody_elses_goes(hr):
    somebody()
    read("SW999001,Ada Plover-Reed,Registered,,,", by=hr)

    reject_name(look=RegistrationCheck.objects.get(), by=hr)

    assert RegistrationCheck.objects.count() == 0


def test_another_name_is_told_and_left(hr):
    somebody()

    words = read("SW999001,Bartholomew Quinn,Registered,,,", by=hr)

    assert words == ["The register has SW999001 for another name. Ask the applicant."]
    assert RegistrationCheck.objects.count() == 0


def test_rows_that_cannot_be_used_are_explained_one_by_one(hr):
    somebody()

    words = read(
        "12A,Ada Plover,Registered,,,",
        "SW999009,Somebody Else,Registered,,,",
        "SW999001,,Registered,,,",
        "SW999001,Ada Plover,Registered,,,31/02/2027",
        "SW999001,Ada Plover,Registered,,,1/1/1066",
        by=hr,
    )

    assert words[:3] == [
        "“12A” is no registration number.",
        "Nobody whose check is due has the number SW999009.",
        "The row has no name or no status.",
    ]
    assert words[3].startswith("Expiry date: There is no such day")
    assert words[4].startswith("Expiry date: The year must be from")
    assert RegistrationCheck.objects.count() == 0


def test_headings_may_be_called_otherwise_and_stand_in_any_order(hr):
    somebody()
    file = csv(
        "Plover;Ada;Registered;999001;x",
        headings="Surname;Forename;Registration status;Reg no;Favourite tea",
    )

    told, unknown = read_register(file=file, looked_on=timezone.localdate(), by=hr)

    assert [row.words for row in told] == ["Registered."]
    assert unknown == ["Favourite tea"]


def test_the_second_list_of_a_day_replaces_the_first(hr):
    somebody()
    read("SW999001,Ada Plover,Suspended,,,", by=hr)

    read("SW999001,Ada Plover,Registered,,,", by=hr)

    assert RegistrationCheck.objects.get().status == "Registered"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (csv("1,2", headings="Colour,Weight"), "The file lacks what we look for"),
        (csv(), "The file has headings and no rows"),
        (SimpleUploadedFile("list.csv", b""), "The file is empty"),
        (SimpleUploadedFile("list.csv", b"PK\x03\x04 zip"), "is something else inside"),
        (SimpleUploadedFile("list.html", b"<html>"), "Choose a CSV file"),
        (SimpleUploadedFile("list.csv", b"x" * (1024 * 1024 + 1)), "1 MB or smaller"),
    ],
)
def test_a_file_that_is_no_list_says_why(file, words, hr):
    with pytest.raises(UnfitFile, match=words):
        read_register(file=file, looked_on=timezone.localdate(), by=hr)


def test_a_list_of_too_many_rows_is_refused_and_keeps_nothing(hr, settings):
    settings.REGISTER_MOST_ROWS = 1
    somebody()

    with pytest.raises(UnfitFile, match="more than 1 rows"):
        read("SW999001,Ada Plover,Registered,,,", "SW999002,B,Registered,,,", by=hr)
    assert RegistrationCheck.objects.count() == 0


def test_only_who_keeps_the_ledger_reads_a_list():
    with pytest.raises(PermissionDenied):
        read("SW999001,Ada Plover,Registered,,,", by=UserFactory())


def test_nobody_looks_themselves_up():
    me = HRAdminFactory()
    somebody(applicant=me)

    assert read("SW999001,Ada Plover,Registered,,,", by=me) == [
        "Left alone: the number was changed, or it is yours."
    ]


def test_likeness_knows_names_of_other_alphabets():
    assert likeness("Şükrü Öz", "şükrü öz") == 100
    assert likeness("李小龍", "王大明") < 70


# --- The number -----------------------------------------------------------------------------------


def test_the_applicant_gives_their_number_when_they_have_it(client):
    application = offered(registered=False)
    client.force_login(application.applicant)
    url = reverse("applications:registration-number", args=[application.reference])

    client.post(url, {"number": "sw 0999123"})

    application.refresh_from_db()
    assert (application.registration, application.registration_number) == ("registered", "SW999123")


@pytest.mark.parametrize("number", ["", "12A", "SW1234567", "SW0", "x" * 200, "SW1\x002"])
def test_a_number_without_its_form_is_refused_beside_its_box(client, number):
    application = offered(registered=False)
    client.force_login(application.applicant)
    url = reverse("applications:registration-number", args=[application.reference])

    page = client.post(url, {"number": number})

    application.refresh_from_db()
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"number"}
    assert application.registration_number == ""


def test_a_new_number_is_to_be_looked_up_anew(today, hr):
    application = somebody()
    settle_all(application, but=["registration"])
    read("SW999001,Ada Plover,Registered,,,", by=hr)

    give_registration_number(application=application, number="SW999777", by=application.applicant)

    application.refresh_from_db()
    assert what_is_open(application, today) == [
        "Social Work England registration: nobody has looked the number up on the register."
    ]


def test_only_the_applicant_gives_the_number(hr):
    with pytest.raises(PermissionDenied):
        give_registration_number(application=somebody(), number="SW999777", by=hr)


def test_nobody_is_asked_for_a_number_whose_role_needs_none(client):
    application = offered(role=RoleFactory())
    client.force_login(application.applicant)
    url = reverse("applications:registration-number", args=[application.reference])

    assert client.get(url).url == application.get_absolute_url()

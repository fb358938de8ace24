import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from accounts.models import User
from notifications.delivery import deliver_due_messages
from notifications.models import DemoMail, Message
from tests.factories.accounts import HRAdminFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "plenty-of-otters-1"


def last_mail():
    deliver_due_messages()
    return DemoMail.objects.first()


def code_in(mail):
    return re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.text, re.MULTILINE)[1]


def sign_up(client, email="New.Person@Example.org"):
    return client.post(
        reverse("account_signup"),
        {"email": email, "password1": PASSWORD, "full_name": "Noor Vale"},
        follow=True,
    )


def person_with_password(**fields):
    person = UserFactory(**fields)
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_signing_up_and_giving_the_code_signs_in(client):
    sign_up(client)
    page = client.post(
        reverse("account_email_verification_sent"), {"code": code_in(last_mail())}, follow=True
    )

    person = User.objects.get()
    assert (person.email, person.full_name) == ("new.person@example.org", "Noor Vale")
    assert page.context["user"] == person
    assert EmailAddress.objects.get().verified


def test_without_the_code_nobody_is_signed_in(client):
    sign_up(client)
    client.post(reverse("account_email_verification_sent"), {"code": "WRONG1"})

    assert client.get(reverse("accounts:account")).status_code == 302


def test_signing_up_with_a_taken_address_does_not_say_so(client):
    person_with_password(email="new.person@example.org")

    page = sign_up(client)

    assert User.objects.count() == 1
    assert page.redirect_chain[-1][0] == reverse("account_email_verification_sent")


def test_the_code_is_never_readable_in_the_outbox_once_sent(client):
    sign_up(client)
    code = code_in(last_mail())

    message = Message.objects.get()
    assert message.is_secret
    assert code not in str(vars(message))


def test_signing_in_by_password_whatever_the_case_of_the_address(client):
    person = person_with_password(email="kim@example.org")

    client.post(reverse("account_login"), {"login": "KIM@Example.org", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(person.pk)


def test_signing_in_by_a_code_sent_by_email(client):
    person = person_with_password(email="kim@example.org")

    client.post(reverse("account_request_login_code"), {"email": "kim@example.org"})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(last_mail())})

    assert client.session["_auth_user_id"] == str(person.pk)


def test_many_wrong_passwords_are_refused_for_a_while(client):
    person_with_password(email="kim@example.org")
    for _ in range(6):
        client.post(reverse("account_login"), {"login": "kim@example.org", "password": "wrong"})

    client.post(reverse("account_login"), {"login": "kim@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_a_staff_role_must_set_up_a_second_factor_when_it_is_a_duty(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    hr = HRAdminFactory()
    client.force_login(hr)

    page = client.get("/admin/")
    assert (page.status_code, page["Location"]) == (302, reverse("mfa_activate_totp"))

    secret = get_adapter().encrypt(generate_totp_secret())
    Authenticator.objects.create(user=hr, type=Authenticator.Type.TOTP, data={"secret": secret})
    assert client.get("/admin/").status_code == 200


def test_a_job_seeker_owes_no_second_factor(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    client.force_login(UserFactory())

    assert client.get(reverse("applications:application-list")).status_code == 200


def test_the_duty_can_be_turned_off(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    client.force_login(HRAdminFactory())

    assert client.get("/admin/").status_code == 200


def test_the_secret_of_an_authenticator_app_is_stored_encrypted():
    secret = generate_totp_secret()
    authenticator = TOTP.activate(UserFactory(), secret).instance

    assert secret not in str(authenticator.data)
    assert get_adapter().decrypt(authenticator.data["secret"]) == secret


def test_each_person_lands_where_they_most_likely_want_to_be(client):
    client.force_login(HRAdminFactory())
    assert client.get(reverse("accounts:signed-in"))["Location"] == reverse("admin:index")

    client.force_login(UserFactory())
    assert client.get(reverse("accounts:signed-in"))["Location"] == reverse(
        "applications:application-list"
    )

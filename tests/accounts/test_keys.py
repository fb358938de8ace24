"""What was written with the old key is read with both, and after the change needs the new one alone."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command

from accounts.actions.keys import encrypted_fields, rotate_keys
from accounts.fields import keyring
from accounts.models import LegalHold
from applications.models import Application
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.keeping import LegalHoldFactory

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def written_with_the_old_key(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    LegalHoldFactory(reason="A claim")
    for words in ("A quiet room", "", "A ramp"):
        ApplicationFactory(adjustments=words, answers=False)
    secret = keyring().encrypt(b"JBSWY3DP").decode()
    Authenticator.objects.create(user=UserFactory(), type="totp", data={"secret": secret})
    settings.ENCRYPTION_KEYS = [NEW, OLD]


def adjustments():
    return sorted(Application.objects.values_list("adjustments", flat=True))


def test_after_the_change_the_new_key_alone_reads_everything(written_with_the_old_key, settings):
    assert adjustments() == ["", "A quiet room", "A ramp"]

    done = rotate_keys(size=1)

    settings.ENCRYPTION_KEYS = [NEW]
    assert adjustments() == ["", "A quiet room", "A ramp"]
    assert LegalHold.objects.get().reason == "A claim"
    assert keyring().decrypt(Authenticator.objects.get().data["secret"].encode()) == b"JBSWY3DP"
    assert {name: number for name, number in done.items() if number} == {
        "accounts.LegalHold.reason": 1,
        "applications.Application.adjustments": 2,
        "mfa.Authenticator.data": 1,
    }


def test_without_the_change_the_new_key_alone_reads_nothing(written_with_the_old_key, settings):
    settings.ENCRYPTION_KEYS = [NEW]

    with pytest.raises(InvalidToken):
        adjustments()


def test_a_second_run_writes_nothing(written_with_the_old_key):
    call_command("rotate_keys", verbosity=0)

    assert sum(rotate_keys().values()) == 0


def test_a_run_that_was_stopped_goes_on_where_it_was(written_with_the_old_key, settings):
    """One value has the new key already, as after a run that was stopped."""
    application = Application.objects.exclude(adjustments="").first()
    application.save(update_fields=["adjustments"])

    assert rotate_keys()["applications.Application.adjustments"] == 1


def test_a_value_that_no_key_reads_stops_the_run(written_with_the_old_key, settings):
    settings.ENCRYPTION_KEYS = [NEW]

    with pytest.raises(InvalidToken):
        rotate_keys()


def test_every_encrypted_field_there_is_is_found():
    names = {str(field) for field in encrypted_fields()}

    assert {
        "accounts.LegalHold.reason",
        "applications.Application.adjustments",
        "notifications.Message.secret_context",
        "training.CPDPiece.title",
    } <= names

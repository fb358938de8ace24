import threading
import uuid

import pytest
from django.db import connection, transaction

from returners import actions
from returners.actions import send_enquiry
from returners.models import Enquiry, RegistrationStatus
from tests.factories.returners import OfficerFactory

WAIT = 10


def send(email):
    return send_enquiry(
        one_time_key=uuid.uuid4(),
        email=email,
        by=None,
        full_name="Rosa Tamsin",
        registration_status=RegistrationStatus.NOT_SURE,
    )


def two_enquiries_at_once():
    """Send a second enquiry while the first one's transaction is still open; return the officers."""
    first_is_sent, second_is_through = threading.Event(), threading.Event()

    def first():
        with transaction.atomic():
            send("first@example.org")
            first_is_sent.set()
            # With the lock the second waits for us, so we must not wait for it for long.
            second_is_through.wait(0.5)
        connection.close()

    def second():
        first_is_sent.wait(WAIT)
        send("second@example.org")
        second_is_through.set()
        connection.close()

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    return set(Enquiry.objects.values_list("officer", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_enquiries_at_once_go_to_two_officers():
    officers = OfficerFactory.create_batch(2)

    assert two_enquiries_at_once() == {officer.pk for officer in officers}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_enquiries_at_once_go_to_the_same_officer(monkeypatch):
    monkeypatch.setattr(actions, "_lock_officers", lambda: None)
    first, _second = OfficerFactory.create_batch(2)

    assert two_enquiries_at_once() == {first.pk}

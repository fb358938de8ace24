"""Who books a chat at the same moment as another does, or as its advert ends, with real threads and a real database."""

import threading
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections

from tests.factories.accounts import HRAdminFactory
from tests.factories.vacancy_parts import ChatSlotFactory
from vacancies.actions import book_chat, chats, withdraw_vacancy
from vacancies.exceptions import ChatTaken
from vacancies.models import ChatBooking, ChatSlot

pytestmark = pytest.mark.django_db(transaction=True)


def book_at_once(slot, people=2):
    """Let people book the slot in threads that start together. Returns what each got, as types."""
    gate = threading.Barrier(people)
    outcomes = []

    def run(number):
        gate.wait()
        try:
            booked = book_chat(
                slot=slot,
                one_time_key=uuid4(),
                name=f"Person {number}",
                email=f"person{number}@example.org",
                phone="",
                question="",
            )
            outcomes.append(type(booked))
        except Exception as problem:
            outcomes.append(type(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return sorted(outcomes, key=lambda kind: kind.__name__)


def test_one_of_two_gets_the_chat_and_the_other_is_told_in_words():
    slot = ChatSlotFactory()

    assert book_at_once(slot) == [ChatBooking, ChatTaken]
    assert ChatBooking.objects.count() == 1


def test_without_the_lock_both_look_and_only_the_constraint_holds(monkeypatch):
    """Take the lock away and let both look before either books: the database still refuses one."""
    slot = ChatSlotFactory()
    both_have_looked = threading.Barrier(2, timeout=10)
    create = ChatBooking.objects.create

    def without_lock(pk):
        return ChatSlot.objects.select_related("vacancy", "host").get(pk=pk)

    def slowly(**fields):
        both_have_looked.wait()
        return create(**fields)

    monkeypatch.setattr(chats, "_locked", without_lock)
    monkeypatch.setattr(ChatBooking.objects, "create", slowly)

    assert book_at_once(slot) == [ChatBooking, IntegrityError]
    assert ChatBooking.objects.count() == 1


def test_a_chat_booked_while_the_advert_is_withdrawn_does_not_stand():
    """Whoever comes first, nobody is left with a chat about a job that is gone."""
    slot, hr = ChatSlotFactory(), HRAdminFactory()
    gate = threading.Barrier(2)

    def withdraw():
        gate.wait()
        try:
            withdraw_vacancy(vacancy=slot.vacancy, reason="The team has changed.", by=hr)
        finally:
            connections.close_all()

    def book():
        gate.wait()
        try:
            book_chat(
                slot=slot,
                one_time_key=uuid4(),
                name="Robin",
                email="robin@example.org",
                phone="",
                question="",
            )
        except ChatTaken:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for run in (withdraw, book)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    slot.refresh_from_db()
    assert slot.taken_back_at is not None
    assert ChatBooking.objects.standing().count() == 0

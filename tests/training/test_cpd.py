"""A person's own record of CPD: private, never lost, in the shape that the regulator asks for."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from accounts.models import AuditEvent
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.attending import AttendedFactory, CPDPieceFactory, being
from tests.factories.organisation import RoleFactory
from tests.factories.training import officer, staff_user
from training.actions import (
    change_cpd_piece,
    delete_cpd_pieces_kept_long_enough,
    write_cpd_piece,
)
from training.exceptions import ChangedElsewhere
from training.models import CPDPiece, PeerRole
from training.privacy import delete_cpd
from training.queries import cpd_year, registration_year

pytestmark = pytest.mark.django_db
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
AUTUMN = datetime(2030, 10, 20, 12, tzinfo=UTC)
SENT = {
    "kind": "reading",
    "done_on_day": "8",
    "done_on_month": "1",
    "done_on_year": "2030",
    "title": "A report on play",
}
PEER = {"peer_role": PeerRole.SUPERVISOR, "peer_on": date(2030, 2, 1), "peer_learned": "Go slower."}


def registered():
    return staff_user(role=RoleFactory(needs_registration=True))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2030, 11, 30), date(2029, 12, 1), date(2030, 11, 30)),
        (date(2030, 12, 1), date(2030, 12, 1), date(2031, 11, 30)),
        (date(2032, 2, 29), date(2031, 12, 1), date(2032, 11, 30)),
    ],
)
def test_the_registration_year_begins_in_december(day, first, last):
    assert registration_year(day) == (first, last)


@pytest.mark.parametrize(
    ("pieces", "missing"),
    [
        (
            [],
            [
                "two pieces of CPD with every box filled in",
                "one piece that you have discussed with a peer",
            ],
        ),
        (
            [{}, {"impact": ""}],
            [
                "one piece of CPD with every box filled in (1 begun)",
                "one piece that you have discussed with a peer",
            ],
        ),
        ([{}, {}], ["one piece that you have discussed with a peer"]),
        ([{}, {**PEER, "peer_learned": ""}], ["one piece that you have discussed with a peer"]),
        ([{}, PEER], ["entering them with Social Work England"]),
        ([{"entered_on": date(2030, 9, 2)}, {**PEER, "entered_on": date(2030, 9, 2)}], []),
    ],
)
def test_what_is_missing_is_said_in_words(pieces, missing):
    person = staff_user()
    for fields in pieces:
        CPDPieceFactory(person=person, **fields)
    CPDPieceFactory(person=person, done_on=date(2029, 11, 30))  # of the year before
    CPDPieceFactory()  # somebody else's

    assert cpd_year(person, AUTUMN.date()).missing == missing


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [
        (datetime(2030, 8, 31, 12, tzinfo=UTC), False),
        (datetime(2030, 9, 1, 12, tzinfo=UTC), True),
        (datetime(2030, 11, 30, 23, 30, tzinfo=UTC), True),
        (datetime(2030, 12, 1, 0, 30, tzinfo=UTC), False),
    ],
)
def test_the_countdown_stands_from_the_first_of_september_to_the_end_of_november(
    client, moment, is_shown
):
    with being(client, registered(), moment):
        text = client.get(reverse("training:my-development")).content.decode()

    assert ("Your CPD for Social Work England" in text) is is_shown


@pytest.mark.parametrize(
    ("day", "words"), [(22, "<strong>8 days</strong> until"), (29, "<strong>1 day</strong> until")]
)
def test_the_countdown_counts_the_days_until_the_last(client, day, words):
    with being(client, registered(), datetime(2030, 11, day, 12, tzinfo=UTC)):
        text = client.get(reverse("training:my-development")).content.decode()

    assert f"{words} 30 November 2030" in text


def test_the_last_day_is_called_so_and_others_see_no_countdown(client):
    last = datetime(2030, 11, 30, 12, tzinfo=UTC)
    found = []
    for person in (registered(), staff_user(role=RoleFactory(needs_registration=False))):
        with being(client, person, last):
            found.append(client.get(reverse("training:my-development")).content.decode())

    assert "<strong>Today</strong> is the last day: 30 November 2030" in found[0]
    assert "Social Work England" not in found[1]


# Private -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["change", "delete", "entered"])
@pytest.mark.parametrize("who", [HRAdminFactory, officer, staff_user])
def test_a_piece_is_not_there_for_anybody_else(client, name, who):
    piece = CPDPieceFactory()
    address = reverse(f"training:cpd-piece-{name}", args=[piece.pk])
    client.force_login(who())

    found = {client.get(address).status_code, client.post(address, SENT).status_code}

    assert found <= {403, 404}
    assert CPDPiece.objects.get() == piece


def test_not_even_a_superuser_finds_it_in_the_admin():
    assert CPDPiece not in admin.site._registry


def test_the_database_and_the_audit_hold_no_word_of_it(client):
    person = staff_user()
    with being(client, person, AUTUMN):
        client.post(reverse("training:cpd-piece-create"), {**SENT, "learned": "Canary"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT learned, title FROM training_cpdpiece")
        [stored] = cursor.fetchall()

    assert CPDPiece.objects.get().learned == "Canary"
    assert [text for text in stored if "Canary" in text or "report" in text] == []
    assert AuditEvent.objects.filter(subject_type="training.CPDPiece").count() == 0
    assert Message.objects.count() == 0


def test_who_keeps_no_record_reads_who_training_is_for(client):
    client.force_login(UserFactory())

    assert client.get(reverse("training:cpd-record")).status_code == 403


def test_a_leaver_still_gets_to_the_record_and_takes_it_along(client):
    person = staff_user(left_on=date(2030, 6, 30))
    CPDPieceFactory(person=person)
    with being(client, person, AUTUMN):
        assert client.get(reverse("training:cpd-export-text")).status_code == 200


def test_the_record_goes_with_the_person_and_after_its_time():
    mine, old, other = (
        CPDPieceFactory(),
        CPDPieceFactory(done_on=date(2027, 1, 1)),
        CPDPieceFactory(),
    )

    assert delete_cpd(mine.person) == 1
    assert delete_cpd_pieces_kept_long_enough(on=date(2030, 1, 2)) == 1
    assert list(CPDPiece.objects.all()) == [other]
    assert not CPDPiece.objects.filter(pk=old.pk).exists()


# Never lost --------------------------------------------------------------------------------------


def test_a_draft_needs_only_a_name_and_a_day(client):
    with being(client, staff_user(), AUTUMN):
        client.post(reverse("training:cpd-piece-create"), SENT)

    assert CPDPiece.objects.get().missing == [
        "what it was and why it is relevant",
        "what you learned",
        "what difference it makes",
    ]


def test_sending_a_new_piece_twice_makes_one_and_keeps_the_later_words():
    person = staff_user()
    words = {"kind": "reading", "done_on": date(2030, 1, 8), "title": "A report"}

    write_cpd_piece(by=person, one_time_key=KEY, **words)
    write_cpd_piece(by=person, one_time_key=KEY, **words, learned="More")

    assert CPDPiece.objects.get().learned == "More"


def test_words_stay_when_a_box_is_refused(client):
    with being(client, staff_user(), AUTUMN):
        answer = client.post(
            reverse("training:cpd-piece-create"), {**SENT, "title": "", "learned": "Long words"}
        )

    assert "Say in a few words what it was" in answer.content.decode()
    assert "Long words" in answer.content.decode()
    assert CPDPiece.objects.count() == 0


def test_what_another_window_saved_is_not_written_over(client):
    piece = CPDPieceFactory(changed_at=datetime(2030, 1, 8, tzinfo=UTC))
    address = reverse("training:cpd-piece-change", args=[piece.pk])
    sent = {**SENT, "seen_at": "2030-01-08T00:00:00+00:00"}
    with being(client, piece.person, AUTUMN):
        client.post(address, {**sent, "learned": "From the first window"})
        second = client.post(address, {**sent, "learned": "From the second window"})
        text = second.content.decode()
        again = client.post(
            address,
            {**sent, "learned": "Both", "seen_at": second.context["form"].data["seen_at"]},
        )

    assert "You have changed this in another window" in text
    assert "From the first window" in text
    assert "From the second window" in text
    assert again.status_code == 302
    assert CPDPiece.objects.get().learned == "Both"


def test_the_same_change_sent_twice_is_no_clash():
    piece = CPDPieceFactory(changed_at=datetime(2030, 1, 8, tzinfo=UTC))
    for _ in range(2):
        change_cpd_piece(piece=piece, by=piece.person, seen_at=piece.changed_at, learned="New")

    with pytest.raises(ChangedElsewhere):
        change_cpd_piece(piece=piece, by=piece.person, seen_at=piece.changed_at, learned="Other")
    with pytest.raises(PermissionDenied):
        change_cpd_piece(piece=piece, by=officer(), seen_at=piece.changed_at, learned="Other")


def test_words_sent_after_the_session_was_lost_wait_for_the_sign_in(client):
    person, address = staff_user(), reverse("training:cpd-piece-create")
    with time_machine.travel(AUTUMN, tick=False):
        client.post(address, {**SENT, "learned": "Typed while signed out"})
        client.force_login(person)
        text = client.get(address).content.decode()

    assert "Typed while signed out" in text


@pytest.mark.parametrize(
    "sent",
    [
        {"done_on_day": "31", "done_on_month": "2"},
        {"done_on_year": "2031"},
        {"done_on_year": "0"},
        {"kind": "nonsense"},
        {"peer_role": "Anna Smith"},
        {"learned": "word " * 501},
        {"title": "x" * 151},
        {"title": "\0"},
    ],
)
def test_what_cannot_be_is_refused_in_words(client, sent):
    with being(client, staff_user(), AUTUMN):
        answer = client.post(reverse("training:cpd-piece-create"), {**SENT, **sent})

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert CPDPiece.objects.count() == 0


TALK = {"peer_on_day": "7", "peer_on_month": "1", "peer_on_year": "2030"}


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        (
            {**TALK, "peer_role": "supervisor"},
            "peer_on",
            "The day you discussed it must be on or after 8 January 2030, the day of the piece",
        ),
        (
            {**TALK, "peer_on_year": "2031", "peer_role": "supervisor"},
            "peer_on",
            "The day you discussed it must be on or before 20 October 2030",
        ),
        (
            {"peer_learned": "Go slower."},
            "peer_role",
            "Choose with whom you discussed it, or empty the boxes below",
        ),
        (
            {**TALK, "peer_on_day": "9"},
            "peer_role",
            "Choose with whom you discussed it, or empty the boxes below",
        ),
    ],
)
def test_a_talk_with_a_peer_is_with_somebody_and_not_before_the_piece(client, sent, field, words):
    with being(client, staff_user(), AUTUMN):
        answer = client.post(
            reverse("training:cpd-piece-create"), {**SENT, "learned": "Long words", **sent}
        )

    assert answer.context["form"].errors == {field: [words]}
    for typed in ("Long words", sent.get("peer_learned", "")):
        assert typed in answer.content.decode()
    assert CPDPiece.objects.count() == 0


def test_a_talk_on_the_day_of_the_piece_is_kept(client):
    sent = {**SENT, **TALK, "peer_on_day": "8", "peer_role": "supervisor", "peer_learned": "Slow."}
    with being(client, staff_user(), AUTUMN):
        client.post(reverse("training:cpd-piece-create"), sent)

    assert CPDPiece.objects.get().has_peer_reflection


# Prefilled, and taken out ------------------------------------------------------------------------


def test_a_piece_is_prefilled_from_an_attended_session_once(client):
    booking = AttendedFactory()
    address = f"{reverse('training:cpd-piece-create')}?booking={booking.pk}"
    with being(client, booking.person, AUTUMN):
        text = client.get(address).content.decode()
        client.post(address, SENT)
        record = client.get(reverse("training:cpd-record")).content.decode()

    assert booking.session.course.title in text
    assert CPDPiece.objects.get().booking == booking
    assert "not written about" not in record


@pytest.mark.parametrize("asked", ["x", "-1", "99999999999999999999", "٣"])
def test_nonsense_in_the_address_begins_an_empty_piece(client, asked):
    with being(client, staff_user(), AUTUMN):
        answer = client.get(reverse("training:cpd-piece-create"), {"booking": asked})

    assert answer.status_code == 200


def test_somebody_elses_session_is_not_written_about():
    with pytest.raises(PermissionDenied):
        write_cpd_piece(by=staff_user(), booking=AttendedFactory(), one_time_key=KEY, title="x")


def test_the_text_file_follows_the_regulators_form(client):
    piece = CPDPieceFactory(**PEER)
    client.force_login(piece.person)

    text = client.get(reverse("training:cpd-export-text")).content.decode()

    asked = [
        "Type of CPD: Reading or research",
        "Description, and why it is relevant:\nIt matters for small children.",
        "What I learned:\nThey tell more in play.",
        "What difference it makes to my practice and to people:\nI bring pens.",
        "discussing it with a peer (My supervisor, 1 February 2030):\nGo slower.",
    ]
    places = [text.index(words) for words in asked]
    assert places == sorted(places)


def test_the_table_is_read_back_by_a_real_reader_and_runs_no_formula(client):
    piece = CPDPieceFactory(title="=1+1", learned='Two\nlines, and "quotes"')
    client.force_login(piece.person)

    answer = client.get(reverse("training:cpd-export-csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text, newline=""))

    assert row["Date"] == "2030-01-08"
    assert row["What it was"] == "'=1+1"
    assert row["What I learned"] == 'Two\nlines, and "quotes"'


def test_marking_a_piece_as_entered_and_taking_that_back(client):
    piece = CPDPieceFactory()
    address = reverse("training:cpd-piece-entered", args=[piece.pk])
    found = []
    with being(client, piece.person, AUTUMN):
        for sent in ({}, {"not": "1"}):
            client.post(address, sent)
            found.append(CPDPiece.objects.get().entered_on)

    assert found == [AUTUMN.date(), None]

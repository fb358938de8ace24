"""What of an application is in the pack of everything we hold, and how HR reviews what others wrote."""

import json
import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import ask_for_pack, make_packs, review_part
from accounts.queries.packs import parts_to_review
from applications.models import (
    Application,
    CheckStep,
    Discrepancy,
    InterviewRound,
    InterviewScore,
    InterviewSheet,
    OnlineSearch,
    Referee,
    Reference,
    ReferenceLetter,
    ReferenceRequest,
    RiskAssessment,
    Score,
)
from tests.applications.planting import plant_what_followed, planted
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.disclosure import ReadingPersonFactory
from tests.factories.offers import OfferFactory
from tests.factories.shortlisting import (
    PanelMemberFactory,
    give,
    in_shortlisting,
    vacancy_with_criteria,
)

pytestmark = pytest.mark.django_db
PRIVATE_TO_READERS = ["Weighed as grave", "Because two of us think so", "Never alone on a visit"]


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def application():
    return in_shortlisting(vacancy_with_criteria(), applicant=UserFactory(full_name="Mo Applicant"))


def pack_of(person, by):
    pack = ask_for_pack(person=person, by=by)
    make_packs(now=timezone.now())
    pack.refresh_from_db()
    with pack.file.open("rb") as file, zipfile.ZipFile(BytesIO(file.read())) as found:
        assert found.read("everything.html")
        return json.loads(found.read("everything.json"))


def rows_of(pack, title):
    return [row for section in pack if section["title"].endswith(title) for row in section["rows"]]


def let_everything_in(person):
    hr = HRAdminFactory()
    for found, _ in parts_to_review(person):
        review_part(person=person, part=found.part, is_included=True, reason="Fine", by=hr)


# --- The offer ----------------------------------------------------------------------------------


def test_the_offer_its_conditions_the_question_and_the_answer_are_in_the_persons_pack(application):
    offer = OfferFactory(application=application, state="made", place_name="Alton", salary=39_152)
    offer.conditions.create(text="Two references that suit us", position=0)
    hr = HRAdminFactory()
    offer.questions.create(
        words="May I begin after Easter?",
        answer="Yes, on 20 April.",
        answered_at=timezone.now(),
        answered_by=hr,
    )

    pack = pack_of(application.applicant, application.applicant)

    [told] = rows_of(pack, "what we offered you")
    assert (told["place"], told["salary, £ a year for full time"]) == ("Alton", "39152")
    assert told["half days worked"] == offer.pattern_words
    [condition] = rows_of(pack, "the conditions of the offer")
    assert condition == {"text": "Two references that suit us"}
    [asked] = rows_of(pack, "your questions about the offer, and our answers")
    assert (asked["words"], asked["answer"]) == ("May I begin after Easter?", "Yes, on 20 April.")


def test_why_hr_ended_an_offer_is_reviewed_before_it_is_given(application):
    OfferFactory(
        application=application,
        state="withdrawn",
        ended_at=timezone.now(),
        end_reason="A referee rang us",
    )
    person = application.applicant

    before = json.dumps(pack_of(person, person))
    let_everything_in(person)
    after = json.dumps(pack_of(person, person))

    assert (before.count("A referee rang us"), after.count("A referee rang us")) == (0, 1)


# --- The risk assessment ------------------------------------------------------------------------


@pytest.fixture
def assessment(application):
    readers = ReadingPersonFactory.create_batch(2)
    now = timezone.now()
    return RiskAssessment.objects.create(
        application=application,
        about="declaration",
        state="decided",
        notes_text=json.dumps({"age": "Weighed as grave"}),
        summary="What you can read of it",
        reply="It was long ago",
        outcome="with_measures",
        reason="Because two of us think so",
        measures="Never alone on a visit",
        sentence="You can go on",
        shared_at=now,
        shared_by=readers[0],
        reply_by=timezone.localdate(),
        replied_at=now,
        proposed_at=now,
        proposed_by=readers[0],
        decided_at=now,
        decided_by=readers[1],
        review_on=timezone.localdate(),
    )


def test_the_readers_private_words_are_in_no_pack_and_the_pack_says_how_to_ask(
    assessment, settings
):
    person = assessment.application.applicant
    own = pack_of(person, person)

    [told] = rows_of(own, "the risk assessments")
    assert [word for word in PRIVATE_TO_READERS if word in json.dumps(own)] == []
    assert told["what the applicant reads"] == "What you can read of it"
    assert told["what the applicant replied"] == "It was long ago"
    assert (told["outcome"], told["the sentence for the applicant"]) == (
        "Can go on with measures",
        "You can go on",
    )
    assert told["notes of the two readers"].count(settings.CONTACT_EMAIL) == 1
    assert told["notes of the two readers"].count("data protection officer") == 1


def test_that_somebody_cannot_go_on_is_told_once_hr_has_moved_them(assessment):
    RiskAssessment.objects.update(outcome="not_go_on", sentence="You cannot go on")
    Application.objects.update(state="interview")
    person = assessment.application.applicant

    before = json.dumps(pack_of(person, person))
    Application.objects.update(
        state="unsuccessful",
        decision="not_successful",
        decided_at=timezone.now(),
        decided_by=HRAdminFactory(),
    )
    after = json.dumps(pack_of(person, person))

    assert (before.count("annot go on"), after.count("You cannot go on")) == (0, 1)


def test_a_proposal_that_is_not_signed_and_a_summary_not_yet_given_are_not_told(assessment):
    RiskAssessment.objects.update(
        state="begun",
        shared_at=None,
        shared_by=None,
        reply_by=None,
        decided_at=None,
        decided_by=None,
    )
    person = assessment.application.applicant

    [told] = rows_of(pack_of(person, person), "the risk assessments")

    hidden = {"what the applicant reads", "outcome", "the sentence for the applicant"}
    assert hidden & set(told) == set()


def test_hr_meets_no_word_of_an_assessment_in_the_review_or_in_a_pack(client, assessment):
    person = assessment.application.applicant
    client.force_login(HRAdminFactory())
    page = client.get(reverse("admin:accounts_packs", args=[person.pk])).content.decode()
    let_everything_in(person)
    pack = json.dumps(pack_of(person, HRAdminFactory()))

    for words in [*PRIVATE_TO_READERS, "What you can read of it", "It was long ago"]:
        assert (page.count(words), pack.count(words)) == (0, 0)


# --- What HR reviews ----------------------------------------------------------------------------


@pytest.fixture
def full(application):
    """One application with all that others can write: two references, three sheets each time, checks."""
    vacancy = application.vacancy
    for place in (1, 2):
        referee = Referee.objects.create(
            application=application,
            position=place,
            kind="employer",
            full_name=f"Wanda Rook {place}",
            email="wanda.rook@example.org",
            ask_before_interview=True,
        )
        if place == 1:
            plant_what_followed(application, referee)
        else:
            now = timezone.now()
            asked = {"asked_at": now, "expires_at": now, "state": "answered", "ended_at": now}
            request = planted(ReferenceRequest, application=application, referee=referee, **asked)
            planted(Reference, request=request, is_true=True)
            planted(ReferenceLetter, request=request, kind="asked", token_hash="6edf50" * 8)
    met = InterviewRound.objects.create(
        vacancy=vacancy, name="First", place="Room 4", minutes=45, choose_until=timezone.now()
    )
    questions = [met.questions.create(text=f"Question {n}?", position=n) for n in range(3)]
    for number in range(3):
        member = PanelMemberFactory(vacancy=vacancy, person__full_name=f"Sid Scorer {number}")
        give(member, application, 3)
        sheet = InterviewSheet.objects.create(member=member, round=met, application=application)
        for question in questions:
            InterviewScore.objects.create(
                sheet=sheet, question=question, points=2, notes=f"Note {number} on {question}"
            )
    check = application.checks.get()
    for number in range(6):
        CheckStep.objects.create(check_of=check, to_state="waiting", words=f"Step {number}")
    application.shortlist_decisions.create(outcome="interview")
    return application


def test_one_application_needs_about_a_dozen_decisions(full):
    parts = parts_to_review(full.applicant)

    units = [found.part.split(":")[0].removeprefix("applications.") for found, _ in parts]
    assert {name: units.count(name) for name in units} == {
        "ScoreSheet": 3,
        "InterviewSheet": 3,
        "Referee": 2,
        "Check": 1,
        "ShortlistDecision": 1,
        "Offer": 1,
    }


def test_each_row_is_there_once(full):
    let_everything_in(full.applicant)
    pack = json.dumps(pack_of(full.applicant, full.applicant), ensure_ascii=False)

    counted = {
        '"what it is": "what the referee told us"': Reference,
        '"what it is": "that we asked a referee"': ReferenceRequest,
        '"what it is": "a letter to the referee"': ReferenceLetter,
        '"what it is": "where your application and a reference differ"': Discrepancy,
        '"what it is": "the points for a criterion"': Score,
        '"what it is": "the points for an answer"': InterviewScore,
        '"what it is": "a step of a check"': CheckStep,
    }
    assert {words: pack.count(words) for words in counted} == {
        words: model.objects.count() for words, model in counted.items()
    }


def test_hr_reads_plain_titles_who_wrote_it_and_nothing_technical(client, full):
    client.force_login(HRAdminFactory())

    page = client.get(reverse("admin:accounts_packs", args=[full.applicant_id])).content.decode()

    title = f"<h3>Application {full.reference}: the scores of one panel member at the shortlisting"
    assert page.count(title) == 3
    assert [page.count(f"From Sid Scorer {number}.") for number in range(3)] == [2, 2, 2]
    for technical in ["oken hash", "6edf50", "searchs", "One time key", "application moves"]:
        assert page.count(technical) == 0
    shown = page.split("What other people wrote")[1]
    assert [shown.count(str(row.one_time_key)) for row in Reference.objects.all()] == [0, 0]


def test_the_names_of_panel_members_are_in_no_pack(full):
    let_everything_in(full.applicant)

    assert json.dumps(pack_of(full.applicant, full.applicant)).count("Sid Scorer") == 0


def test_words_that_came_after_the_decision_need_another(full):
    person = full.applicant
    let_everything_in(person)
    score = InterviewScore.objects.first()
    score.notes = "Written after HR had looked"
    score.save()

    waiting = [found.part.split(":")[0] for found, choice in parts_to_review(person) if not choice]

    assert waiting == ["applications.InterviewSheet"]
    assert json.dumps(pack_of(person, person)).count("Written after HR had looked") == 0


def test_the_persons_titles_are_plain_too(full):
    OnlineSearch.objects.filter(application=full).update(outcome="")
    pack = pack_of(full.applicant, full.applicant)

    titles = {section["title"].partition(": ")[2] for section in pack}
    assert {"the search online", "the steps it took", "your referees"} <= titles
    assert [title for title in titles if "searchs" in title or "moves" in title] == []
    assert Application.objects.count() == 1

"""Hints for plain and kind words: each names its words and what to write instead."""

from datetime import date

import pytest

from organisation.models import GradeRange
from tests.factories.organisation import GradeFactory, RoleFactory
from tests.factories.vacancies import CriterionFactory, VacancyFactory
from vacancies.hints import advert_hints, wording
from vacancies.hints.reading import reading_age, sentences, syllables

TODAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("child", 1),
        ("make", 1),
        ("table", 2),
        ("family", 3),
        ("worked", 1),
        ("wanted", 2),
        ("a", 1),
    ],
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_a_line_of_a_list_is_a_sentence_and_marks_are_no_words():
    text = "## What you do\n\n- Visit **families**\n- Write it [down](https://x.org). Then rest!"

    assert sentences(text) == ["What you do", "Visit families", "Write it down", "Then rest"]


def test_short_words_read_young_and_long_ones_old():
    plain = "You help a child. You see them at home. You talk and you play. " * 3
    hard = (
        "The successful applicant demonstrates comprehensive organisational capabilities alongside "
        "considerable interdisciplinary understanding of administrative responsibilities. "
    ) * 3

    assert reading_age(plain) <= 7
    assert reading_age(hard) >= 20
    assert reading_age("Too short.") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We want a Ninja", ["Ninja"]),
        ("A high-energy, digital\nnative", ["digital\nnative", "high-energy"]),
        ("Five years’ experience", ["years’ experience"]),
        ("He manages the diary", ["He"]),
        ("The sheep, the manager and the youngest child", []),
    ],
)
def test_coded_words_are_found_as_words(text, words):
    assert sorted(found for found, _ in wording.coded_words(text)) == sorted(words)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("You work in the MASH", ["MASH"]),
        ("The multi-agency safeguarding hub (MASH). The MASH is calm.", []),
        ("The MASH (multi-agency safeguarding hub)", []),
        ("A DBS check in the UK", []),
        ("EHCPs and IROs", ["EHCPs", "IROs"]),
    ],
)
def test_letters_nobody_explained_are_found(text, letters):
    assert wording.unexplained_letters(text) == letters


def test_every_line_of_the_lists_says_what_to_write_instead():
    for line in [*wording.CODED, *wording.JARGON]:
        assert line.instead
    assert all(line.why for line in wording.CODED)
    assert len(wording.CODED) >= 40


@pytest.fixture
def good(db):
    """An advert there is nothing to say about."""
    GradeRange.objects.create(
        grade=GradeFactory(), lowest=37_200, highest=41_800, starts_on="2026-01-01", source="Pay"
    )
    vacancy = VacancyFactory(
        opens_on=TODAY,
        interview_on="2026-04-02",
        contact_name="Ann",
        contact_email="ann@example.org",
    )
    CriterionFactory(vacancy=vacancy)
    return vacancy


def hints(vacancy, **changes):
    for name, value in changes.items():
        setattr(vacancy, name, value)
    vacancy.save()
    vacancy.refresh_from_db()
    return [(hint.step, hint.words, hint.advice) for hint in advert_hints(vacancy, on=TODAY)]


def test_a_good_advert_gets_no_hint(good):
    assert hints(good) == []


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        (
            {"title": "Office ninja"},
            (
                "job",
                "ninja",
                "Try: skilled, experienced. It says nothing about the work and puts careful people off.",
            ),
        ),
        ({"summary": "You utilise forms."}, ("words", "utilise", "A plainer word: use.")),
        (
            {"body": "You join the MASH."},
            ("words", "MASH", "Write it out the first time, with the letters in brackets."),
        ),
        (
            {"body": "One " * 26 + "end."},
            ("words", "One One One One One One…", "This sentence has 27 words. Make it two."),
        ),
        (
            {"interview_on": None},
            ("dates", "", "Give the interview date: people plan work and childcare by it."),
        ),
        ({"rolling": True}, ("dates", "", "Add the days on which you will read applications.")),
        (
            {"salary_to": 45_000},
            ("pay", "", "The salary is outside the grade's range, which is £37,200 to £41,800."),
        ),
        (
            {"weekly_hours": 20},
            ("pay", "", "The hours are fewer than full time, but full time is ticked."),
        ),
        (
            {"patterns": ["term_time"]},
            ("pay", "", "Give the paid weeks, so that people see the actual pay."),
        ),
        ({"contact_email": ""}, ("contact", "", "Name somebody people can ask before they apply.")),
    ],
)
def test_each_hint_names_its_part_and_its_words(good, changes, hint):
    assert hints(good, **changes) == [hint]


def test_a_hard_text_is_told_its_reading_age(good):
    hard = (
        "Considerable organisational responsibilities necessitate interdisciplinary collaboration. "
    )

    [(step, _, advice)] = hints(good, body=hard * 8)

    assert step == "words"
    assert advice.startswith("It reads as if for age ")


def test_a_grade_that_is_not_the_roles_is_told(good):
    role = RoleFactory(name="Team manager", grade=GradeFactory(letter="J"))

    assert hints(good, role=role) == [("pay", "", "Team manager is usually Grade J.")]


def test_a_grade_without_pay_today_is_told(good):
    GradeRange.objects.all().delete()

    assert hints(good) == [
        ("pay", "", "The grade has no pay range today, so check the salary with HR.")
    ]

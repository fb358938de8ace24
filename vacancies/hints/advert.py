from dataclasses import dataclass

from django.conf import settings

from organisation.models import GradeRange
from vacancies.hints import reading, wording


@dataclass(frozen=True)
class Hint:
    """One hint: which part of the advert it is for, the words it is about, and the advice."""

    step: str
    words: str
    advice: str


def advert_hints(vacancy, on):
    """Return what could be better in an advert on the date `on`, in the order of its parts."""
    return [
        *_of_words("job", vacancy.title),
        *_of_pay(vacancy, on),
        *_of_dates(vacancy),
        *_of_words("words", f"{vacancy.summary}\n{vacancy.body}\n{vacancy.benefits}"),
        *_of_reading(vacancy),
        *_of_words("criteria", "\n".join(row.text for row in vacancy.criteria.all())),
        *_of_contact(vacancy),
    ]


def _of_words(step, text):
    for words, found in wording.coded_words(text):
        yield Hint(step, words, f"Try: {found.instead}. {found.why}")
    for words, found in wording.jargon(text):
        yield Hint(step, words, f"A plainer word: {found.instead}.")
    for letters in wording.unexplained_letters(text):
        yield Hint(step, letters, "Write it out the first time, with the letters in brackets.")


def _of_pay(vacancy, on):
    pay = GradeRange.objects.in_force(on).filter(grade=vacancy.grade_id).first()
    if pay is None:
        yield Hint("pay", "", "The grade has no pay range today, so check the salary with HR.")
    elif not pay.lowest <= vacancy.salary_from <= vacancy.salary_to <= pay.highest:
        span = f"£{pay.lowest:,} to £{pay.highest:,}"
        yield Hint("pay", "", f"The salary is outside the grade's range, which is {span}.")
    if vacancy.grade_id != vacancy.role.grade_id:
        yield Hint("pay", "", f"{vacancy.role} is usually {vacancy.role.grade}.")
    part_time = vacancy.weekly_hours < settings.FULL_TIME_WEEKLY_HOURS
    if part_time and "full_time" in vacancy.patterns:
        yield Hint("pay", "", "The hours are fewer than full time, but full time is ticked.")
    if "term_time" in vacancy.patterns and not vacancy.paid_weeks:
        yield Hint("pay", "", "Give the paid weeks, so that people see the actual pay.")


def _of_dates(vacancy):
    if vacancy.interview_on is None and not vacancy.rolling:
        yield Hint("dates", "", "Give the interview date: people plan work and childcare by it.")
    if vacancy.rolling and not vacancy.sift_dates.all():
        yield Hint("dates", "", "Add the days on which you will read applications.")


def _of_reading(vacancy):
    text = f"{vacancy.summary}\n{vacancy.body}"
    age = reading.reading_age(text)
    if age and age > settings.ADVERT_READING_AGE:
        yield Hint(
            "words", "", f"It reads as if for age {age}. Shorter words and sentences help all."
        )
    for sentence in reading.sentences(text):
        number = len(sentence.split())
        if number > settings.ADVERT_LONG_SENTENCE_WORDS:
            start = " ".join(sentence.split()[:6])
            yield Hint("words", f"{start}…", f"This sentence has {number} words. Make it two.")


def _of_contact(vacancy):
    if not (vacancy.contact_name and (vacancy.contact_email or vacancy.contact_phone)):
        yield Hint("contact", "", "Name somebody people can ask before they apply.")

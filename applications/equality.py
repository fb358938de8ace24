"""What people are asked for equality monitoring, as data: questions, and the answers to choose from.

Source: GOV.UK Design System, pattern "Equality information" (alphagov/govuk-design-system, as at August
2026), which follows the harmonised questions of the Office for National Statistics. Two are made
smaller: an age band in place of a date of birth, and no box for words of one's own, because nothing
else is ever counted. Every list ends with "Prefer not to say". A code that has been given stays.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """An answer by its `code`; one that is chosen may be told more closely by one of `closer`."""

    code: str
    label: str
    closer_question: str = ""
    closer: list = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """A question by the `name` of its column in MonitoringAnswers; `short` is what a table is called."""

    name: str
    short: str
    words: str
    answers: list
    hint: str = ""

    def every_answer(self):
        """Return each answer that can be kept, those told more closely included."""
        return [one for answer in self.answers for one in (answer, *answer.closer)]


UNSAID = Answer("unsaid", "Prefer not to say")
WHICH = "Which of these describes it best?"

QUESTIONS = [
    Question("age", "Age", "How old are you?", [
        Answer("16_24", "16 to 24"),
        Answer("25_34", "25 to 34"),
        Answer("35_44", "35 to 44"),
        Answer("45_54", "45 to 54"),
        Answer("55_64", "55 to 64"),
        Answer("65", "65 or older"),
        UNSAID,
    ]),
    Question("sex", "Sex", "What is your sex?", [
        Answer("female", "Female"),
        Answer("male", "Male"),
        UNSAID,
    ]),
    Question(
        "gender", "Gender the same as at birth",
        "Is the gender you identify with the same as your sex registered at birth?", [
            Answer("same", "Yes"),
            Answer("different", "No"),
            UNSAID,
        ]),
    Question(
        "disability", "Disability",
        "Do you have a physical or mental health condition or illness that has lasted, or will last, "
        "12 months or more?", [
            Answer("yes", "Yes", "Does it make day-to-day activities harder for you?", [
                Answer("a_lot", "Yes, a lot"),
                Answer("a_little", "Yes, a little"),
                Answer("not_at_all", "Not at all"),
            ]),
            Answer("no", "No"),
            UNSAID,
        ],
        hint="Nobody who decides reads this answer. If you need something for an interview, say so in "
        "the application itself."),
    Question("ethnicity", "Ethnic group", "What is your ethnic group?", [
        Answer("asian", "Asian or Asian British", WHICH, [
            Answer("indian", "Indian"),
            Answer("pakistani", "Pakistani"),
            Answer("bangladeshi", "Bangladeshi"),
            Answer("chinese", "Chinese"),
            Answer("asian_other", "Another Asian background"),
        ]),
        Answer("black", "Black, African, Black British or Caribbean", WHICH, [
            Answer("african", "African"),
            Answer("caribbean", "Caribbean"),
            Answer("black_other", "Another Black background"),
        ]),
        Answer("mixed", "Mixed or multiple ethnic groups", WHICH, [
            Answer("white_caribbean", "White and Black Caribbean"),
            Answer("white_african", "White and Black African"),
            Answer("white_asian", "White and Asian"),
            Answer("mixed_other", "Another mixed background"),
        ]),
        Answer("white", "White", WHICH, [
            Answer("british", "English, Welsh, Scottish, Northern Irish or British"),
            Answer("irish", "Irish"),
            Answer("traveller", "Gypsy or Irish Traveller"),
            Answer("roma", "Roma"),
            Answer("white_other", "Another White background"),
        ]),
        Answer("other", "Another ethnic group", WHICH, [
            Answer("arab", "Arab"),
            Answer("any_other", "Any other ethnic group"),
        ]),
        UNSAID,
    ]),
    Question(
        "partnership", "Marriage and civil partnership",
        "What is your legal marital or registered civil partnership status?", [
            Answer("never", "Never married and never in a civil partnership"),
            Answer("married", "Married"),
            Answer("partnership", "In a registered civil partnership"),
            Answer("separated", "Separated, but still legally married"),
            Answer("separated_partnership", "Separated, but still legally in a civil partnership"),
            Answer("divorced", "Divorced"),
            Answer("dissolved", "Formerly in a civil partnership that is now legally dissolved"),
            Answer("widowed", "Widowed"),
            Answer("surviving", "Surviving partner from a registered civil partnership"),
            UNSAID,
        ]),
    Question("religion", "Religion", "What is your religion?", [
        Answer("none", "No religion"),
        Answer("christian", "Christian"),
        Answer("buddhist", "Buddhist"),
        Answer("hindu", "Hindu"),
        Answer("jewish", "Jewish"),
        Answer("muslim", "Muslim"),
        Answer("sikh", "Sikh"),
        Answer("other", "Another religion"),
        UNSAID,
    ]),
    Question(
        "orientation", "Sexual orientation",
        "Which of these best describes your sexual orientation?", [
            Answer("heterosexual", "Heterosexual or straight"),
            Answer("gay_lesbian", "Gay or lesbian"),
            Answer("bisexual", "Bisexual"),
            Answer("other", "Another orientation"),
            UNSAID,
        ]),
]  # fmt: skip

NAMES = [question.name for question in QUESTIONS]

"""The forms of the parts of an advert, by the names of the parts in `vacancies.drafts`."""

from vacancies.forms.writing.basics import JobForm, PayForm, StartForm
from vacancies.forms.writing.days import DatesForm
from vacancies.forms.writing.people import ContactForm, PeopleForm
from vacancies.forms.writing.places import PlacesForm
from vacancies.forms.writing.words import CriteriaForm, PaymentsForm, WordsForm

STEP_FORMS = {
    "job": JobForm,
    "pay": PayForm,
    "places": PlacesForm,
    "dates": DatesForm,
    "people": PeopleForm,
    "words": WordsForm,
    "criteria": CriteriaForm,
    "payments": PaymentsForm,
    "contact": ContactForm,
}

__all__ = ["STEP_FORMS", "StartForm"]

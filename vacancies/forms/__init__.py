from vacancies.forms.alerts import AlertChangeForm, AlertForm, AlertLinkForm, alert_search
from vacancies.forms.chats import ChatForm, OfferForm
from vacancies.forms.panel import filter_groups, yes_options
from vacancies.forms.search import NAMES, SORTS, SearchForm
from vacancies.forms.suggestions import Suggestion, wider_places, without_one, without_words

__all__ = [
    "NAMES",
    "SORTS",
    "AlertChangeForm",
    "AlertForm",
    "AlertLinkForm",
    "ChatForm",
    "OfferForm",
    "SearchForm",
    "Suggestion",
    "alert_search",
    "filter_groups",
    "wider_places",
    "without_one",
    "without_words",
    "yes_options",
]

from vacancies.forms.chats import ChatForm, OfferForm
from vacancies.forms.search import SearchForm

__all__ = ["ChatForm", "OfferForm", "SearchForm"]

from vacancies.forms.alerts import AlertChangeForm, AlertForm, AlertLinkForm, alert_search
from vacancies.forms.search import SearchForm

__all__ = ["AlertChangeForm", "AlertForm", "AlertLinkForm", "SearchForm", "alert_search"]

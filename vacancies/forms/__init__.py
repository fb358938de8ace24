from vacancies.forms.search import SearchForm

__all__ = ["SearchForm"]

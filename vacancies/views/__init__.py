from vacancies.views.adverts import vacancy_detail
from vacancies.views.searching import vacancy_list

__all__ = ["vacancy_detail", "vacancy_list"]

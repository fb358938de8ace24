from vacancies.views.adverts import vacancy_detail
from vacancies.views.saving import saved_list, vacancy_nudges, vacancy_save, vacancy_unsave
from vacancies.views.searching import vacancy_list

__all__ = [
    "saved_list",
    "vacancy_detail",
    "vacancy_list",
    "vacancy_nudges",
    "vacancy_save",
    "vacancy_unsave",
]

from vacancies.views.adverts import vacancy_detail
from vacancies.views.searching import vacancy_list
from vacancies.views.writing import (
    advert,
    advert_check,
    advert_copy,
    advert_start,
    advert_step,
    advert_take_back,
    my_adverts,
)

__all__ = [
    "advert",
    "advert_check",
    "advert_copy",
    "advert_start",
    "advert_step",
    "advert_take_back",
    "my_adverts",
    "vacancy_detail",
    "vacancy_list",
]

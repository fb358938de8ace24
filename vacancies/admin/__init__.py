from vacancies.admin import search as search
from vacancies.admin import vacancies as vacancies

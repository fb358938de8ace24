from vacancies.admin import vacancies as vacancies

from vacancies.admin import chats as chats
from vacancies.admin import search as search
from vacancies.admin import vacancies as vacancies

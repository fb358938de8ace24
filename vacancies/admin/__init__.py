from vacancies.admin import alerts as alerts
from vacancies.admin import campaigns as campaigns
from vacancies.admin import chats as chats
from vacancies.admin import exports as exports
from vacancies.admin import imports as imports
from vacancies.admin import reports as reports
from vacancies.admin import search as search
from vacancies.admin import vacancies as vacancies

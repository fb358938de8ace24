"""What machines read: the sitemap, and each advert as a schema.org JobPosting."""

from vacancies.feeds.job_posting import job_posting
from vacancies.feeds.sitemap import VacancySitemap

__all__ = ["VacancySitemap", "job_posting"]

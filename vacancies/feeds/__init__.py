"""What machines read: the sitemap, the feed, and each advert as a schema.org JobPosting."""

from vacancies.feeds.atom import VacancyFeed
from vacancies.feeds.changes import last_changed, with_last_audit
from vacancies.feeds.job_posting import job_posting
from vacancies.feeds.sitemap import VacancySitemap

__all__ = ["VacancyFeed", "VacancySitemap", "job_posting", "last_changed", "with_last_audit"]

from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from vacancies.feeds.changes import last_changed, with_last_audit
from vacancies.models import Vacancy


class VacancySitemap(Sitemap):
    """Every advert the public can see today."""

    changefreq = "daily"

    def items(self):
        open_today = Vacancy.objects.open_to_public(timezone.localdate()).order_by("pk")
        return with_last_audit(open_today).only(
            "reference", "published_at", "opens_on", "public_from"
        )

    def lastmod(self, vacancy):
        return last_changed(vacancy)

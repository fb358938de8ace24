from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from vacancies.models import Vacancy


class VacancySitemap(Sitemap):
    """Every advert the public can see today."""

    changefreq = "daily"

    def items(self):
        today = timezone.localdate()
        return (
            Vacancy.objects.open_to_public(today).order_by("pk").only("reference", "published_at")
        )

    def lastmod(self, vacancy):
        return vacancy.published_at

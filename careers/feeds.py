from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from careers.queries import published_stories


class PageSitemap(Sitemap):
    """The public pages that are always there."""

    def items(self):
        return [
            "careers:home",
            "careers:working-here",
            "careers:story-list",
            "careers:pathway-list",
            "careers:event-list",
            "returners:scheme",
            "returners:enquiry-create",
            "vacancies:vacancy-list",
            "careers:accessibility",
            "careers:privacy",
            "careers:cookies",
        ]

    def location(self, name):
        return reverse(name)


class StorySitemap(Sitemap):
    """The stories that readers see."""

    def items(self):
        return published_stories()

    def lastmod(self, story):
        return story.updated_at

from django.contrib.sitemaps import Sitemap


class PageSitemap(Sitemap):
    def items(self):
        return []


class StorySitemap(PageSitemap):
    pass

"""The adverts of any search as an Atom feed (RFC 4287)."""

import re
from dataclasses import replace

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import escape

from accounts.retention import start_of
from vacancies.feeds.changes import last_changed, with_last_audit
from vacancies.forms import SearchForm
from vacancies.pay import pay_of
from vacancies.queries import search_vacancies

# What XML 1.0 cannot hold, however it is written.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class SteadyAtomFeed(Atom1Feed):
    """An Atom feed that was last updated today at midnight when it is empty, not at this moment.

    So it is the same all day, and a reader that has it already is told so.
    """

    def latest_post_date(self):
        return super().latest_post_date() if self.items else start_of(timezone.localdate())


class VacancyFeed(Feed):
    """What a search finds for the public, the newest first, at most `settings.FEED_MOST`.

    The address takes what `/vacancies/` takes. An entry's id is the advert's address and never changes.
    """

    feed_type = SteadyAtomFeed

    def get_object(self, request):
        form = SearchForm(request.GET)
        filters = replace(form.filters(for_staff=False), sort="newest")
        return {"filters": filters, "address": form.address()}

    def title(self, search):
        words = search["filters"].words
        about = f"“{words}”" if words else "all jobs"
        return f"{settings.COUNCIL_NAME} vacancies: {about}"

    def subtitle(self, search):
        return "Jobs with children and families that are open today, the newest first."

    def link(self, search):
        return _address("vacancies:vacancy-list", search["address"])

    def feed_url(self, search):
        return _address("vacancies:feed", search["address"])

    def author_name(self, search):
        return settings.COUNCIL_NAME

    def items(self, search):
        found = search_vacancies(search["filters"], timezone.localdate())
        return with_last_audit(found)[: settings.FEED_MOST]

    def item_title(self, vacancy):
        return _plain(f"{vacancy.title}, {vacancy.place_name}")

    def item_description(self, vacancy):
        pay = pay_of(vacancy)
        until = "" if vacancy.rolling else date_format(vacancy.closes_on, "l j F Y")
        lines = [
            vacancy.summary,
            f"£{pay.actual_from:,} to £{pay.actual_to:,} a year. {vacancy.team.name}.",
            f"Apply by 11:59pm on {until}." if until else "Always open.",
        ]
        return "".join(f"<p>{escape(_plain(line))}</p>" for line in lines)

    def item_link(self, vacancy):
        return f"{self.item_guid(vacancy)}?from=feed"  # So that its views are counted apart.

    def item_guid(self, vacancy):
        return settings.SITE_URL + vacancy.get_absolute_url()

    def item_pubdate(self, vacancy):
        return vacancy.published_at

    def item_updateddate(self, vacancy):
        return last_changed(vacancy)

    def item_categories(self, vacancy):
        return [_plain(vacancy.role.name), _plain(vacancy.district.name)]


def _address(name, search):
    return settings.SITE_URL + reverse(name) + search.removesuffix("?")


def _plain(text):
    return NOT_IN_XML.sub(" ", text)

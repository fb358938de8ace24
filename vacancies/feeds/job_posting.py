"""What machines read: the sitemap, and each advert as a schema.org JobPosting."""

import json
from datetime import datetime, time

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe

from vacancies.models import Contract, Pattern, Vacancy
from vacancies.rendering import safe_html

# What would end the script element or start a comment is written as JSON escapes.
SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


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


def job_posting(vacancy):
    """Return the script element with the advert as a JobPosting, for the page of an open vacancy.

    The fields are those of Google's guide to job posting structured data.
    """
    text = json.dumps(_posting(vacancy), ensure_ascii=False).translate(SCRIPT_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def _posting(vacancy):
    last_minute = datetime.combine(vacancy.closes_on, time(23, 59, 59))
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": vacancy.title,
        "description": f"<p>{escape(vacancy.summary)}</p>{safe_html(vacancy.body)}",
        "identifier": {
            "@type": "PropertyValue",
            "name": settings.COUNCIL_NAME,
            "value": vacancy.reference,
        },
        "datePosted": max(timezone.localdate(vacancy.published_at), vacancy.opens_on).isoformat(),
        "validThrough": timezone.make_aware(last_minute).isoformat(),
        "employmentType": _employment_types(vacancy),
        "directApply": True,
        "hiringOrganization": {
            "@type": "Organization",
            "name": settings.COUNCIL_NAME,
            "sameAs": settings.SITE_URL,
            "logo": settings.SITE_URL + static("images/emblem.svg"),
        },
        "jobLocation": {"@type": "Place", "address": _address(vacancy)},
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": vacancy.salary_from,
                "maxValue": vacancy.salary_to,
                "unitText": "YEAR",
            },
        },
    }


def _address(vacancy):
    address = {
        "@type": "PostalAddress",
        "addressLocality": vacancy.place_name,
        "addressRegion": vacancy.district.name,
        "addressCountry": "GB",
    }
    return address | ({"postalCode": vacancy.postcode} if vacancy.postcode else {})


def _employment_types(vacancy):
    types = []
    if Pattern.FULL_TIME in vacancy.patterns:
        types.append("FULL_TIME")
    if {Pattern.PART_TIME, Pattern.JOB_SHARE, Pattern.TERM_TIME} & set(vacancy.patterns):
        types.append("PART_TIME")
    if vacancy.contract != Contract.PERMANENT:
        types.append("TEMPORARY")
    return types or ["OTHER"]

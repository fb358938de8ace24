"""Each advert as a schema.org JobPosting, for search engines that list jobs."""

import json
from datetime import datetime, time

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, format_html_join
from django.utils.safestring import mark_safe

from vacancies.models import Contract, Pattern
from vacancies.pay import pay_of
from vacancies.rendering import safe_html

# What would end the script element or start a comment is written as JSON escapes.
SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def job_posting(vacancy, places, criteria):
    """Return the script element with the advert as a JobPosting, for the page of a live public advert.

    `places` are all its places, `criteria` the rows of what it asks for. The fields are those of
    Google's guide to job posting structured data.
    """
    posting = _posting(vacancy, places, criteria)
    text = json.dumps(posting, ensure_ascii=False).translate(SCRIPT_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def _posting(vacancy, places, criteria):
    last_minute = datetime.combine(vacancy.closes_on, time(23, 59, 59))
    pay = pay_of(vacancy)
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": vacancy.title,
        "description": _description(vacancy, criteria),
        "identifier": {
            "@type": "PropertyValue",
            "name": settings.COUNCIL_NAME,
            "value": vacancy.reference,
        },
        "url": settings.SITE_URL + vacancy.get_absolute_url(),
        "datePosted": _first_public_day(vacancy).isoformat(),
        "validThrough": timezone.make_aware(last_minute).isoformat(),
        "employmentType": _employment_types(vacancy),
        "totalJobOpenings": vacancy.number_of_posts,
        "directApply": True,
        "hiringOrganization": {
            "@type": "Organization",
            "name": settings.COUNCIL_NAME,
            "sameAs": settings.SITE_URL,
            "logo": settings.SITE_URL + static("images/emblem.svg"),
        },
        "jobLocation": _locations(places),
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": pay.actual_from,
                "maxValue": pay.actual_to,
                "unitText": "YEAR",
            },
        },
    }


def _description(vacancy, criteria):
    """The whole advert as HTML: the summary, the text, what is asked for and what is offered."""
    asked = format_html_join("", "<li>{}</li>", ((criterion.text,) for criterion in criteria))
    parts = [
        f"<p>{escape(vacancy.summary)}</p>",
        safe_html(vacancy.body),
        f"<ul>{asked}</ul>" if asked else "",
        safe_html(vacancy.benefits),
    ]
    return "".join(parts)


def _first_public_day(vacancy):
    days = [timezone.localdate(vacancy.published_at), vacancy.opens_on, vacancy.public_from]
    return max(day for day in days if day)


def _locations(places):
    """One place, or a list of several."""
    found = [{"@type": "Place", "address": _address(place)} for place in places]
    return found[0] if len(found) == 1 else found


def _address(place):
    address = {
        "@type": "PostalAddress",
        "addressLocality": place.place_name,
        "addressRegion": place.district.name,
        "addressCountry": "GB",
    }
    return address | ({"postalCode": place.postcode} if place.postcode else {})


def _employment_types(vacancy):
    types = []
    if Pattern.FULL_TIME in vacancy.patterns:
        types.append("FULL_TIME")
    if {Pattern.PART_TIME, Pattern.JOB_SHARE, Pattern.TERM_TIME} & set(vacancy.patterns):
        types.append("PART_TIME")
    if vacancy.contract != Contract.PERMANENT:
        types.append("TEMPORARY")
    return types or ["OTHER"]

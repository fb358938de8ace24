"""An advert as partners read it. Every field is described in openapi.json."""

from datetime import datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from vacancies.feeds import last_changed
from vacancies.pay import pay_of
from vacancies.rendering import safe_html


def in_short(vacancy):
    """Return what a list tells of an advert: one of `for_cards()` with grade, audit and places."""
    last_minute = timezone.make_aware(datetime.combine(vacancy.closes_on, time(23, 59, 59)))
    distance = getattr(vacancy, "distance_miles", None)
    return {
        "reference": vacancy.reference,
        "url": settings.SITE_URL + vacancy.get_absolute_url(),
        "title": vacancy.title,
        "summary": vacancy.summary,
        "role": {
            "name": vacancy.role.name,
            "slug": vacancy.role.slug,
            "family": vacancy.role.family,
            "needs_registration": vacancy.role.needs_registration,
        },
        "team": vacancy.team.name,
        "number_of_posts": vacancy.number_of_posts,
        "places": [_place(place) for place in (vacancy, *vacancy.other_places.all())],
        "distance_miles": None if distance is None else round(distance, 1),
        "pay": _pay(vacancy),
        "contract": {"kind": vacancy.contract, "months": vacancy.contract_months},
        "patterns": vacancy.patterns,
        "weekly_hours": float(vacancy.weekly_hours),
        "paid_weeks": None if vacancy.paid_weeks is None else float(vacancy.paid_weeks),
        "newly_qualified_welcome": vacancy.newly_qualified_welcome,
        "driving": {"need": vacancy.driving, "alternatives": vacancy.driving_alternatives},
        "sponsorship_possible": vacancy.sponsorship_possible,
        "dbs_level": vacancy.dbs_level,
        "opens_on": vacancy.opens_on.isoformat(),
        "closes_at": last_minute.isoformat(),
        "always_open": vacancy.rolling,
        "interview_on": vacancy.interview_on and vacancy.interview_on.isoformat(),
        "updated_at": last_changed(vacancy).isoformat(),
    }


def in_full(vacancy):
    """Return all that the page of an advert tells."""
    apply_path = reverse("applications:application-start", args=[vacancy.reference])
    return {
        **in_short(vacancy),
        "apply_url": settings.SITE_URL + apply_path,
        "description_html": safe_html(vacancy.body),
        "benefits_html": safe_html(vacancy.benefits),
        "criteria": [
            {"kind": criterion.kind, "text": criterion.text} for criterion in vacancy.criteria.all()
        ],
        "payments": [
            {
                "kind": payment.kind,
                "name": payment.name,
                "amount": payment.amount,
                "condition": payment.condition,
            }
            for payment in vacancy.payments.all()
        ],
        "sift_dates": [sift.sift_on.isoformat() for sift in vacancy.sift_dates.all()],
    }


def _place(place):
    return {
        "name": place.place_name,
        "postcode": place.postcode,
        "district": {"name": place.district.name, "slug": place.district.slug},
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _pay(vacancy):
    pay = pay_of(vacancy)
    return {
        "currency": "GBP",
        "grade": vacancy.grade.letter,
        "actual": {"lowest": pay.actual_from, "highest": pay.actual_to},
        "full_time": {"lowest": pay.full_time_from, "highest": pay.full_time_to},
    }

"""Every message about the writing of an advert: to HR's mailbox, its writer and its hiring manager."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from notifications import outbox


def vacancy_sent(vacancy, number):
    """Tell the HR mailbox that an advert waits for approval; `number` tells one sending from the next."""
    facts = {"writer": vacancy.submitted_by.full_name}
    _tell(vacancy, "vacancy_sent", settings.HR_MAILBOX, key=number, **_for_hr(vacancy), **facts)


def vacancy_returned(vacancy, comment, to):
    """Tell the writer `to` what HR would like changed."""
    if to is not None and to.is_active:
        facts = {"name": to.full_name, "comment": comment.text}
        _tell(vacancy, "vacancy_returned", to.email, key=comment.pk, **facts)


def vacancy_approved(vacancy, number):
    """Tell the writer that HR has approved the advert."""
    to = vacancy.submitted_by
    if to is not None and to.is_active:
        _tell(vacancy, "vacancy_approved", to.email, key=number, name=to.full_name)


def vacancy_published(vacancy):
    """Tell the hiring manager from when the public sees the advert, unless they published it."""
    to = vacancy.hiring_manager
    if to is None or not to.is_active or to == vacancy.published_by:
        return
    _tell(
        vacancy,
        "vacancy_published",
        to.email,
        key=f"{vacancy.published_at.timestamp():.0f}",
        name=to.full_name,
        advert_path=vacancy.get_absolute_url(),
        opens_on=date_format(vacancy.opens_on, "j F Y"),
        closes_on=date_format(vacancy.closes_on, "j F Y"),
    )


def sift_due(sift_date):
    """Tell the HR mailbox and the hiring manager that applications are to be read."""
    vacancy = sift_date.vacancy
    day = date_format(sift_date.sift_on, "j F Y")
    key = f"{sift_date.pk}:{sift_date.sift_on}"
    _tell(vacancy, "sift_due", settings.HR_MAILBOX, key=key, day=day, **_for_hr(vacancy))
    manager = vacancy.hiring_manager
    if manager is not None and manager.is_active:
        facts = {"name": manager.full_name, "day": day}
        _tell(vacancy, "sift_due", manager.email, key=f"{key}:manager", **facts)


def saved_vacancy_over(saved, notice):
    """Tell somebody who saved a job that it closed early or was withdrawn, and why.

    The key is that of the letter to those who are writing an application, so nobody gets both.
    """
    _tell(
        saved.vacancy,
        "saved_vacancy_over",
        saved.user.email,
        key=None,
        whole_key=f"vacancy_news:{notice.pk}:{saved.user_id}",
        name=saved.user.full_name,
        news=notice.kind,
        reason=notice.reason,
    )


def _for_hr(vacancy):
    return {
        "name": "colleague",
        "path": reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]),
    }


def _tell(vacancy, template, address, *, key, whole_key=None, **facts):
    outbox.put(
        template=f"vacancies/emails/{template}",
        to=address,
        context={
            "title": vacancy.title,
            "reference": vacancy.reference,
            "path": reverse("vacancies:advert", args=[vacancy.reference]),
            **facts,
        },
        about=vacancy,
        key=whole_key or f"{template}:{vacancy.pk}:{key}",
    )

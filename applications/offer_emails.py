"""Every letter about an offer and a first day."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from applications import offer_words
from notifications import outbox

GIVE_NO_NOTICE = (
    "Please do not give notice in your present job yet. We write to you when everything is done."
)


def offer_made(offer):
    """Tell the applicant that we offer them the job, on which conditions, and by when to answer."""
    _tell(offer, "offer_made", f"{offer.pk}", **_terms(offer))


def offer_corrected(offer):
    """Tell the applicant that the offer has changed, and send it whole."""
    _tell(offer, "offer_corrected", f"{offer.pk}:{offer.version}", **_terms(offer))


def offer_withdrawn(offer, words):
    """Tell the applicant that we withdraw the offer, or that it has ended without an answer."""
    subject = f"Our offer for {offer.application.vacancy.title} has ended"
    said = ["We are sorry: we have ended the offer that we made you, and cannot take it further."]
    _news(offer, "ended", subject, [*said, *_paragraphs(words)])


def offer_accepted(offer):
    """Confirm to the applicant that they said yes, and tell HR."""
    title = offer.application.vacancy.title
    said = [
        f"Thank you for saying yes. We are glad that you want to join us as {title}.",
        "The offer depends on the conditions in it. We begin the checks now, and your page shows how they go.",
        GIVE_NO_NOTICE,
    ]
    _news(offer, "accepted", f"You have accepted our offer: {title}", said)
    _hr(offer, "accepted", "Offer accepted", f"The offer was accepted on {_moment(offer)}.")


def offer_declined(offer):
    """Confirm to the applicant that they said no, and until when they can take it back; tell HR."""
    application = offer.application
    until = _time(application.withdrawal_can_be_taken_back_until)
    said = [
        "You have told us that you do not want this job. Thank you for letting us know.",
        f"If you have changed your mind you can take that back until {until}, unless somebody else has "
        "been offered the post.",
    ]
    subject = f"You have turned our offer down: {application.vacancy.title}"
    _news(offer, f"declined:{offer.answered_at:%Y%m%d%H%M%S}", subject, said)
    why = application.get_withdrawal_reason_display() or "They gave no reason."
    _hr(
        offer,
        f"declined:{offer.answered_at:%Y%m%d%H%M%S}",
        "Offer turned down",
        f"The offer was turned down on {_moment(offer)}. Why: {why}",
    )


def question_asked(question):
    """Tell HR that an applicant asked something about an offer, or would like to start another day."""
    said = "The applicant has asked something about the offer. It waits for an answer on the offer's page."
    _hr(question.offer, f"question:{question.pk}", "Question about an offer", said)


def question_answered(question):
    """Send the applicant what HR answered."""
    subject = f"Your question about our offer: {question.offer.application.vacancy.title}"
    _news(question.offer, f"question:{question.pk}", subject, _paragraphs(question.answer))


def offer_firm(offer):
    """Tell the applicant that every check is done, and all about the first day."""
    days = [{"what": what, "words": words} for what, words in offer_words.first_day(offer)]
    _tell(offer, "offer_firm", f"{offer.pk}", rows=days)


def early_start_agreed(offer):
    """Tell the applicant that they may start before they are registered, and as what."""
    days = [{"what": what, "words": words} for what, words in offer_words.early_day(offer)]
    key = f"{offer.pk}:{offer.early_agreed_at:%Y%m%d%H%M%S}"
    _tell(offer, "early_start_agreed", key, rows=days)


def start_moved(offer, words):
    """Tell the applicant that their first day is another."""
    day = date_format(offer.starts_on, "l j F Y")
    said = [f"Your first day is now {day}.", *_paragraphs(words), "All else stays as we wrote."]
    key = f"moved:{offer.start_changed_at:%Y%m%d%H%M%S%f}"
    _news(offer, key, f"Your first day is now {day}", said)


def start_cancelled(offer, words):
    """Tell the applicant that they do not start after all."""
    day = date_format(offer.starts_on, "j F Y")
    said = [f"Your first day on {day} will not take place.", *_paragraphs(words)]
    _news(offer, "cancelled", f"Your first day on {day} is cancelled", said)


def work_begun(offer, post_held, *, early):
    """Welcome somebody to their first day, and tell their manager and HR; perhaps some days late."""
    application, key = offer.application, f"begun:{'early' if early else 'firm'}"
    day = date_format(offer.early_starts_on if early else offer.starts_on, "l j F Y")
    said = [
        f"Welcome to Hampshire children’s services. Your first day is {day}, and you are on the staff "
        "register from then.",
        "You have five days of development in a full year, fewer if you joined during it or work part of "
        "the week. They are yours to plan with your manager.",
    ]
    page = reverse("training:my-development")
    _news(offer, key, "Welcome: your first day", said, path=page, link="See your development days")
    manager = offer.line_manager
    if manager is not None and manager.works_here() and manager.user.can_be_written_to:
        outbox.put(
            template="applications/emails/colleague_begun",
            to=manager.user.email,
            context={
                "greeting": manager.user.full_name,
                "full_name": application.applicant.full_name,
                "day": day,
                "role": (offer.early_role if early else offer.role).name,
                "team": str(offer.team),
            },
            about=application,
            key=f"offer:{offer.pk}:{key}:manager",
        )
    held = f" The post {post_held} is held by somebody else: put that right in the register."
    words = f"Their first day is {day}, and they are on the staff register."
    _hr(offer, key, "Started work", words + (held if post_held else ""))


def _terms(offer):
    return {
        "terms": [{"what": what, "words": words} for what, words in offer_words.terms(offer)],
        "conditions": [row.text for row in offer.conditions.all()],
        "answer_by": date_format(offer.answer_by, "l j F Y"),
        "give_no_notice": GIVE_NO_NOTICE,
    }


def _news(offer, key, subject, said, **facts):
    """Put a short letter of some paragraphs in the outbox."""
    _tell(offer, "offer_news", f"{offer.pk}:{key}", subject=subject, said=said, **facts)


def _tell(offer, name, key, **facts):
    application = offer.application
    if not application.applicant.can_be_written_to:
        return
    outbox.put(
        template=f"applications/emails/{name}",
        to=application.applicant.email,
        context={
            "greeting": application.full_name or application.applicant.full_name,
            "reference": application.reference,
            "vacancy_title": application.vacancy.title,
            "path": offer.get_absolute_url(),
            "link": "See your offer",
            **facts,
        },
        about=application,
        key=f"{name}:{key}",
    )


def _hr(offer, key, subject, said):
    """Tell the HR mailbox, by the reference only."""
    application = offer.application
    outbox.put(
        template="applications/emails/offer_news_hr",
        to=settings.HR_MAILBOX,
        context={
            "subject": subject,
            "said": said,
            "reference": application.reference,
            "vacancy_title": application.vacancy.title,
            "vacancy_reference": application.vacancy.reference,
            "path": reverse("admin:applications_offer", args=[offer.pk]),
        },
        about=application,
        key=f"offer_news_hr:{offer.pk}:{key}",
    )


def _paragraphs(words):
    return [line for line in words.splitlines() if line.strip()]


def _moment(offer):
    return _time(offer.answered_at)


def _time(at):
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y')} at {date_format(local, 'H:i')}"

from allauth.core import ratelimit
from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from returners.actions import send_enquiry
from returners.emails import reply_by
from returners.forms import EnquiryForm
from returners.models import Enquiry
from returners.queries import restoration_rules

SENT = "returner_enquiry"
TOO_MANY = (
    "You have sent us several enquiries already. We have them. "
    "Please try again in an hour, or write to {}"
)


@require_GET
def scheme(request):
    return render(
        request,
        "returners/scheme.html",
        {
            "rules": list(restoration_rules(timezone.localdate())),
            "reply_days": settings.RETURNER_REPLY_DAYS,
        },
    )


def enquiry_create(request):
    answers = request.POST if request.method == "POST" else None
    form = EnquiryForm(answers, initial=_what_we_know(request.user))
    if not form.is_valid():
        return _shown(request, form, status=200)
    answers = {name: value for name, value in form.cleaned_data.items() if name != "agree"}
    if _asked_too_often(request, answers["email"]):
        form.add_error(None, TOO_MANY.format(settings.CONTACT_EMAIL))
        return _shown(request, form, status=429)
    by = request.user if request.user.is_authenticated else None
    request.session[SENT] = send_enquiry(by=by, **answers).pk
    return redirect("returners:enquiry-sent")


@require_GET
def enquiry_sent(request):
    enquiry = Enquiry.objects.filter(pk=request.session.get(SENT)).select_related("officer").first()
    return render(
        request,
        "returners/enquiry_sent.html",
        {
            "enquiry": enquiry,
            "reply_by": enquiry and reply_by(enquiry),
            "reply_days": settings.RETURNER_REPLY_DAYS,
        },
    )


def _shown(request, form, status):
    context = {"form": form, "kept_days": settings.RETURNER_ENQUIRY_KEPT_DAYS}
    return render(request, "returners/enquiry_create.html", context, status=status)


def _asked_too_often(request, mailbox):
    """Whether this network address or this mailbox has used up its enquiries of the hour."""
    refused = ratelimit.consume_or_429(
        request,
        action="returner_enquiry",
        config=settings.RATE_LIMITS,
        key=mailbox.lower(),
    )
    return refused is not None


def _what_we_know(user):
    """Nobody types again what they told us when they signed up."""
    if not user.is_authenticated:
        return {}
    return {"full_name": user.full_name, "email": user.email}

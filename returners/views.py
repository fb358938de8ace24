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
        kept_days = settings.RETURNER_ENQUIRY_KEPT_DAYS
        context = {"form": form, "kept_days": kept_days}
        return render(request, "returners/enquiry_create.html", context)
    answers = {name: value for name, value in form.cleaned_data.items() if name != "agree"}
    too_many = ratelimit.consume_or_429(
        request,
        action="returner_enquiry",
        config=settings.RATE_LIMITS,
        key=answers["email"].lower(),
    )
    if too_many:
        return too_many
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


def _what_we_know(user):
    """Nobody types again what they told us when they signed up."""
    if not user.is_authenticated:
        return {}
    return {"full_name": user.full_name, "email": user.email}

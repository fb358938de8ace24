"""The demo inbox: every e-mail the portal sent, readable by anyone. These pages exist in demo mode only."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import get_valid_filename
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from notifications.models import DemoMail

# An e-mail's own page has inline styles and is shown in a frame of the same site.
EMAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'self'; sandbox"
)


@never_cache
def demo_inbox(request):
    """List what was sent, newest first; `to` narrows it to one address."""
    to = request.GET.get("to", "").strip().lower()
    mails = DemoMail.objects.filter(to=to) if to else DemoMail.objects.all()
    page = Paginator(mails.only("to", "subject", "sent_at"), 50).get_page(request.GET.get("page"))
    return render(request, "notifications/demo_inbox.html", {"page_obj": page, "to": to})


@never_cache
def demo_mail(request, pk):
    return render(
        request,
        "notifications/demo_mail.html",
        {"mail": get_object_or_404(DemoMail, pk=pk)},
    )


@xframe_options_sameorigin
def demo_mail_html(request, pk):
    response = HttpResponse(get_object_or_404(DemoMail, pk=pk).html)
    response["Content-Security-Policy"] = EMAIL_POLICY
    return response


def demo_mail_attachment(request, pk, number):
    files = get_object_or_404(DemoMail, pk=pk).attachments
    if number >= len(files):
        raise Http404
    name = get_valid_filename(files[number]["filename"])
    response = HttpResponse(files[number]["content"], content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

from functools import partial

from django.conf import settings
from django.urls import reverse


def portal(request):
    """Give every template the council's names and the sections the person can go to."""
    return {
        "council_name": settings.COUNCIL_NAME,
        "service_name": settings.SERVICE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
        "site_url": settings.SITE_URL,
        "demo_mode": settings.DEMO_MODE,
        "sections": partial(sections, request),
        "kept_seconds": settings.PAGES_KEPT_SECONDS,
    }


OF_ROLES = {
    "trainer": ("Sessions I run", "training:session-run-list"),
    "panel_member": ("Shortlisting", "applications:panel-list"),
    "disclosure_reader": ("Self-declarations", "applications:disclosure-list"),
    "hiring_manager": ("My adverts", "vacancies:my-adverts"),
}


def sections(request):
    """Return the links of the header, each with `text`, `url` and whether it is where we are."""
    links = [
        ("Vacancies", "vacancies:vacancy-list"),
        ("Saved jobs", "vacancies:saved-list"),
        ("Working here", "careers:working-here"),
        ("Return to social work", "returners:scheme"),
    ]
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        links.append(("My applications", "applications:application-list"))
        if user.has_role("staff"):
            links.append(("My development", "training:my-development"))
        elif user.has_role("returner"):
            links.append(("My training", "training:booking-list"))
        if user.has_role("line_manager"):
            links.append(("My team", "training:team"))
        links += [link for role, link in OF_ROLES.items() if user.has_role(role)]
        if user.is_staff:
            links.append(("HR admin", "admin:index"))
    links = [(text, reverse(name)) for text, name in links]
    # Where we are is the longest address that this page's address begins with; what waits for a manager
    # is their team's.
    path = request.path
    if path.startswith(reverse("training:waiting-for-me")) and user.has_role("line_manager"):
        path = reverse("training:team")
    here = max((url for _, url in links if path.startswith(url)), key=len, default="")
    return [{"text": text, "url": url, "active": url == here} for text, url in links]

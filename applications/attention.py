from datetime import timedelta

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.registries import AttentionItem, attention
from applications.models import Application, Document
from applications.queries import disclosure, to_ring_about_withdrawn_vacancies
from applications.queries.panel import proposals_by_vacancy
from applications.rules.disclosure import ROLE as DISCLOSURE_READER
from applications.rules.disclosure import can_manage_disclosure
from applications.states import ApplicationState, DocumentState


@attention.register
def new_applications(user):
    if not user.has_perm("applications.view_application"):
        return []
    url = reverse("admin:applications_application_changelist")
    count = Application.objects.to_look_at().count()
    items = [
        AttentionItem(
            f"new application{pluralize(count)} to look at",
            f"{url}?state__exact={ApplicationState.SUBMITTED}",
            count,
        )
    ]
    if keys := list(to_ring_about_withdrawn_vacancies().values_list("pk", flat=True)):
        applicants = f"applicant{pluralize(len(keys))} without an e-mail address"
        words = f"{applicants} to ring: the job is withdrawn. Then move the application to its end"
        items.append(AttentionItem(words, f"{url}?pk__in={','.join(map(str, keys))}", len(keys)))
    return [*items, *_unscanned()]


def _unscanned():
    """Files that wait for a scanner that seems to be away, or that HR can open though nobody scanned them."""
    waiting = Document.objects.unscanned()
    if settings.CLAMD_URL:
        late = timezone.now() - timedelta(minutes=settings.SCAN_LATE_MINUTES)
        waiting = waiting.filter(uploaded_at__lt=late)
        words = "waiting for the virus scan for too long: does the scanner run?"
    else:
        waiting = waiting.filter(application__in=Application.objects.sent())
        words = "not scanned for viruses: scanning is off"
    count = waiting.count()
    url = reverse("admin:applications_application_changelist")
    address = f"{url}?documents__state__exact={DocumentState.UNSCANNED}"
    return [AttentionItem(f"file{pluralize(count)} {words}", address, count)] if count else []


@attention.register
def proposals_to_decide(user):
    """What the lead of a panel has proposed and HR has not decided, a line for each vacancy."""
    if not user.has_perm("applications.move_application"):
        return []
    return [
        AttentionItem(
            f"proposal{pluralize(number)} of the panel to decide: {title}",
            reverse("admin:applications_shortlist", args=[vacancy]),
            number,
        )
        for vacancy, title, number in proposals_by_vacancy()
    ]


@attention.register
def self_declarations(user):
    """What waits for a reader, without a name; and for HR the vacancies that lack readers."""
    items = []
    if user.has_role(DISCLOSURE_READER):
        url = reverse("applications:disclosure-list")
        to_read = disclosure.declarations_to_read(user)
        to_sign = disclosure.signatures_wanted(user)
        words = f"self-declaration{pluralize(to_read)} to read"
        items += [AttentionItem(words, url, to_read)] if to_read else []
        words = f"risk assessment{pluralize(to_sign)} waiting for your signature"
        items += [AttentionItem(words, url, to_sign)] if to_sign else []
    if can_manage_disclosure(user):
        items += [
            AttentionItem(
                f"people asked for a self-declaration that nobody may read: {vacancy.title}",
                reverse("admin:applications_disclosure", args=[vacancy.pk]),
                vacancy.people,
            )
            for vacancy in disclosure.vacancies_without_readers()
        ]
    return items

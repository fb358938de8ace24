from datetime import timedelta

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.registries import AttentionItem, attention
from applications.models import Application, Check, Document, Offer
from applications.queries import checks as check_queries
from applications.queries import disclosure, drafts_for_others, to_ring_about_withdrawn_vacancies
from applications.queries import interviews as interview_queries
from applications.queries import ledger as ledger_queries
from applications.queries import offers as offer_queries
from applications.queries import references as reference_queries
from applications.queries.hr import without_answer_too_long
from applications.queries.panel import proposals_by_vacancy
from applications.rules import checks as check_rules
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
def drafts_written_for_others(user):
    """What the person of HR began to write down for somebody and has not sent: nobody else sees it."""
    if not user.has_perm("applications.enter_application"):
        return []
    since = timezone.now() - timedelta(days=settings.ENTERED_DRAFT_DAYS)
    count = drafts_for_others(user).filter(changed_at__lt=since).count()
    words = f"application{pluralize(count)} you began for somebody and have not sent"
    return [AttentionItem(words, reverse("applications:application-list"), count)] if count else []


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


# --- Checks before somebody starts ---------------------------------------------------------------


@attention.register
def checks_to_look_at(user):
    """Checks that have lain with one person for long, and what runs out or should be gone."""
    if not check_rules.can_see_checks(user):
        return []
    today = timezone.localdate()
    long_ago = timezone.now() - timedelta(days=settings.CHECK_LATE_DAYS)
    late = Check.objects.under_way().filter(held_since__lte=long_ago).count()
    soon = check_queries.right_to_work_running_out(today).count()
    past = Check.objects.with_details_past_their_date(today - timedelta(days=1)).count()
    lines = [
        (late, f"with one person for {settings.CHECK_LATE_DAYS} days or more", "open"),
        (soon, "of a right to work to look at again: it runs out", "running-out"),
        (past, "with certificate details past their date: does the nightly task run?", "past"),
    ]
    url = reverse("admin:applications_checks")
    return [
        AttentionItem(f"check{pluralize(number)} {words}", f"{url}?show={show}", number)
        for number, words, show in lines
        if number
    ]


@attention.register
def registrations_to_look_up(user):
    """Whom to look up on the register of social workers, and near names to say yes or no to."""
    if not check_rules.can_keep_ledger(user):
        return []
    lines = [
        (
            ledger_queries.due_to_look_up(timezone.localdate()).count(),
            "to look up on the register of social workers",
        ),
        (
            ledger_queries.names_to_confirm().count(),
            "on the register with a name that is only near",
        ),
    ]
    url = reverse("admin:applications_ledger")
    return [
        AttentionItem(f"{'people' if number > 1 else 'person'} {words}", url, number)
        for number, words in lines
        if number
    ]


@attention.register
def offers_to_look_at(user):
    """Offers without an answer, questions about them, first days that did not begin, and slow checks."""
    if not user.has_perm("applications.make_offer"):
        return []
    now, today = timezone.now(), timezone.localdate()
    late = Offer.objects.not_answered_in_time(today)
    found = [
        ("offer{} not answered by the day we asked for", late),
        (
            "offer{} with a question of the applicant to answer",
            Offer.objects.filter(pk__in=offer_queries.open_questions().values("offer")),
        ),
        (
            "first day{} that did not begin: look at the employee number and the manager",
            offer_queries.not_begun(today),
        ),
        (
            f"offer{{}} accepted {settings.OFFER_CHECKS_LONG_DAYS} days ago and not firm",
            offer_queries.accepted_long_ago(now),
        ),
    ]
    items = [_offers(words, list(offers.values_list("pk", flat=True))) for words, offers in found]
    return [item for item in items if item.count] + _all_started()


def _offers(words, keys):
    url = f"{reverse('admin:applications_offer_changelist')}?pk__in={','.join(map(str, keys))}"
    return AttentionItem(words.format(pluralize(len(keys))), url, len(keys))


def _all_started():
    """Adverts in all of whose posts somebody has started, and which are not marked as filled."""
    return [
        AttentionItem(
            f"post{pluralize(vacancy.started)} taken up: close {vacancy.title} or answer who waits, then "
            "mark it as filled",
            reverse("admin:applications_application_fill", args=[vacancy.pk]),
            vacancy.started,
        )
        for vacancy in offer_queries.vacancies_whose_people_have_all_started().order_by("pk")
    ]


@attention.register
def interviews_to_see_to(user):
    """Rounds with too few times, people who asked for another, interviews without points, ended reserves."""
    if not user.has_perm("applications.arrange_interviews"):
        return []
    now = timezone.now()
    items = [
        _of_interviews(
            found.vacancy_id,
            missing,
            f"interview time{pluralize(missing)} too few for those invited: {found.vacancy.title}",
        )
        for found, missing in interview_queries.too_few_slots(now)
    ]
    for pk, title, number in interview_queries.waiting_for_another_time():
        words = f"applicant{pluralize(number)} asked for another interview time: {title}"
        items.append(_of_interviews(pk, number, words))
    for pk, title, number in interview_queries.held_without_scores(now):
        words = f"interview{pluralize(number)} held and not scored by everybody: {title}"
        items.append(_of_interviews(pk, number, words))
    for pk, title, number in interview_queries.reserves_that_ended():
        words = f"applicant{pluralize(number)} whose reserve list has ended, to be closed: {title}"
        url = reverse("admin:applications_application_changelist")
        address = f"{url}?vacancy__id__exact={pk}&state__exact={ApplicationState.INTERVIEW}"
        items.append(AttentionItem(words, address, number))
    return items


def _of_interviews(vacancy, number, words):
    return AttentionItem(words, reverse("admin:applications_interviews", args=[vacancy]), number)


WAITING_REFERENCES = {
    "late": "reference{} asked some time ago without an answer: ring the referee",
    "expired": "link{} to a referee that ran out without an answer",
    "again": "reference{} to ask for again: the application goes on",
    "refused": "referee{} who cannot give a reference: another is needed",
    "judge": "reference{} to read and accept",
}


@attention.register
def references_that_wait(user):
    """References that nobody answers, that were stopped and are wanted again, or that nobody has read."""
    if not user.has_perm("applications.view_reference"):
        return []
    url, now = reverse("admin:applications_reference_overview"), timezone.now()
    counts = {show: reference_queries.requests_shown(show, now) for show in WAITING_REFERENCES}
    return [
        AttentionItem(
            WAITING_REFERENCES[show].format(pluralize(count)), f"{url}?show={show}", count
        )
        for show, found in counts.items()
        if (count := found.exclude(application__applicant=user).count())
    ]


@attention.register
def undecided_for_long(user):
    """Sent applications without an end long after their job closed: they are never deleted by themselves."""
    if not user.has_perm("applications.move_application"):
        return []
    keys = list(
        Application.objects.undecided_for_long(timezone.localdate()).values_list("pk", flat=True)
    )
    if not keys:
        return []
    url = reverse("admin:applications_application_changelist")
    words = (
        f"application{pluralize(len(keys))} undecided {settings.UNDECIDED_MONTHS} months after the job "
        "closed: decide, so that the person hears and the words can go"
    )
    return [AttentionItem(words, f"{url}?pk__in={','.join(map(str, keys))}", len(keys))]


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
                f"{'person' if vacancy.people == 1 else 'people'} asked for a self-declaration that nobody "
                f"may read: {vacancy.title}",
                reverse("admin:applications_disclosure", args=[vacancy.pk]),
                vacancy.people,
            )
            for vacancy in disclosure.vacancies_without_readers()
        ]
    return items


@attention.register
def people_without_an_answer(user):
    """Applicants for closed jobs who have had no answer for longer than they should wait."""
    if not user.has_perm("applications.move_application"):
        return []
    count = without_answer_too_long(timezone.localdate()).count()
    if not count:
        return []
    days = settings.NO_ANSWER_AFTER_WORKING_DAYS
    words = (
        f"applicant{pluralize(count)} without an answer more than {days} working days after the "
        "job closed"
    )
    url = reverse("admin:applications_application_changelist")
    return [AttentionItem(words, f"{url}?waiting=no_answer", count)]

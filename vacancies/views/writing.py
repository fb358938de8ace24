"""A hiring manager writes an advert, one part at a time, and follows what becomes of it."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.kept_words import keeps_words, shown_again, words_kept
from accounts.states import InvalidTransition
from applications.queries import sent_by_vacancy
from design_system.forms import OneTimeKeyField
from vacancies import pages, rules
from vacancies.actions import copy_vacancy, save_step, send_vacancy, start_draft, take_back_vacancy
from vacancies.drafts import fingerprint
from vacancies.exceptions import ChangedElsewhere, VacancyNotReady
from vacancies.forms.writing import STEP_FORMS, StartForm
from vacancies.hints import advert_hints
from vacancies.models import Vacancy
from vacancies.queries import likely_duplicates, offers_chats
from vacancies.views.access import own_advert, posted, writer_required

ADVERTS_PER_PAGE = 25


@writer_required
def my_adverts(request):
    """The person's own adverts, each with where it stands and what is wanted of them."""
    mine = (
        Vacancy.objects.hired_for_by(request.user).select_related("team").without_search_columns()
    )
    page = Paginator(mine, ADVERTS_PER_PAGE).get_page(request.GET.get("page"))
    sent = sent_by_vacancy([vacancy.pk for vacancy in page])
    adverts = [
        {"vacancy": vacancy, "colour": colour, "wanted": wanted, "sent": sent.get(vacancy.pk, 0)}
        for vacancy in page
        for colour, wanted in [pages.STORY[vacancy.state]]
    ]
    return render(request, "vacancies/writing/my_adverts.html", {"page": page, "adverts": adverts})


@writer_required
def advert_start(request):
    """Begin an advert: its role, its team and its title."""
    member = getattr(request.user, "staff_member", None)
    form = StartForm(posted(request), initial={"team": member and member.team_id})
    if form.is_valid():
        try:
            vacancy = start_draft(by=request.user, **form.cleaned_data)
            return redirect("vacancies:advert-step", vacancy.reference, "pay")
        except VacancyNotReady as problem:
            form.add_error("role", problem.problems[0])
    return render(request, "vacancies/writing/start.html", {"form": form})


@own_advert
def advert(request, vacancy):
    """One advert: the tasks of a draft, or where it stands, with what HR said."""
    colour, wanted = pages.STORY[vacancy.state]
    context = {
        "vacancy": vacancy,
        "colour": colour,
        "wanted": wanted,
        "tasks": pages.tasks(vacancy) if rules.can_send_vacancy(request.user, vacancy) else [],
        "comments": vacancy.review_comments.select_related("written_by"),
        "can_take_back": rules.can_take_back_vacancy(request.user, vacancy),
        "duplicates": likely_duplicates(vacancy),
        "sent": sent_by_vacancy([vacancy.pk]).get(vacancy.pk, 0),
        "has_chats": offers_chats(vacancy, timezone.now()),
        "one_time_key": uuid4(),
    }
    return render(request, "vacancies/writing/advert.html", context)


def _boxes(posted_form, step, **kwargs):
    return STEP_FORMS[step].boxes(posted_form)


@keeps_words(_boxes)
@own_advert
def advert_step(request, vacancy, step):
    """One part of a draft. Words that come too late are shown again, never dropped."""
    if request.method != "POST" and not rules.can_write_vacancy(request.user, vacancy):
        words = words_kept(request)
        late = words and _too_late(request, vacancy, STEP_FORMS[step](words, vacancy=vacancy))
        return late or redirect(pages.own_address(vacancy))
    form = STEP_FORMS[step](posted(request), vacancy=vacancy)
    form.begin_with(shown_again(request))
    context = _step_context(request, vacancy, step, form)
    if form.is_valid():
        given = {"answers": form.answers(), "opened_at": form.cleaned_data["opened_at"]}
        try:
            save_step(vacancy=vacancy, step=step, by=request.user, **given)
            return redirect(pages.onward(request, vacancy, step))
        except InvalidTransition:
            return _too_late(request, vacancy, form)
        except ChangedElsewhere as conflict:
            form.open_again_at(fingerprint(conflict.vacancy, step))
            context["saved_elsewhere"] = pages.rows_of(conflict.vacancy, step)
    return render(request, "vacancies/writing/step.html", context)


def _step_context(request, vacancy, step, form):
    hints = advert_hints(vacancy, on=timezone.localdate())
    return {
        "form": form,
        "vacancy": vacancy,
        "part": pages.PARTS[step],
        "step": step,
        "back": pages.back(request, vacancy, step),
        "hints": [hint for hint in hints if hint.step == step and step in vacancy.finished_steps],
        "duplicates": likely_duplicates(vacancy) if step == "job" else [],
    }


def _too_late(request, vacancy, form):
    typed = [
        {"key": bound_field.label, "value": ", ".join(form.data.getlist(bound_field.html_name))}
        for bound_field in form.visible_fields()
    ]
    context = {"vacancy": vacancy, "typed": [row for row in typed if row["value"]]}
    return render(request, "vacancies/writing/too_late.html", context, status=409)


@own_advert
def advert_check(request, vacancy):
    """Read the whole advert, with its hints, and send it to HR."""
    if request.method == "POST":
        return _send(request, vacancy)
    if not rules.can_send_vacancy(request.user, vacancy):
        return redirect(pages.own_address(vacancy))
    today = timezone.localdate()
    context = {
        "vacancy": vacancy,
        "parts": pages.answers(vacancy, change=True),
        "problems": rules.problems_before_publishing(vacancy, on=today),
        "hints": advert_hints(vacancy, on=today),
        "duplicates": likely_duplicates(vacancy),
    }
    return render(request, "vacancies/writing/check.html", context)


def _send(request, vacancy):
    try:
        send_vacancy(vacancy=vacancy, by=request.user)
    except InvalidTransition:
        state = Vacancy.objects.get(pk=vacancy.pk).get_state_display().lower()
        messages.info(request, f"This advert is {state} already, so it was not sent again.")
    except VacancyNotReady as refusal:
        messages.error(request, " ".join(refusal.problems))
        return redirect(pages.check_address(vacancy))
    else:
        messages.success(request, "The advert has been sent to HR.")
    return redirect(pages.own_address(vacancy))


@own_advert
def advert_take_back(request, vacancy):
    """Take an advert back that waits for approval. After signing in the browser comes without a form."""
    if request.method == "POST":
        try:
            take_back_vacancy(vacancy=vacancy, by=request.user)
            messages.success(request, "It is a draft again. Send it when you are ready.")
        except InvalidTransition:
            messages.error(request, "It does not wait for approval any more.")
    return redirect(pages.own_address(vacancy))


@own_advert
def advert_copy(request, vacancy):
    """Begin a new draft from this advert. After signing in the browser comes without a form."""
    if request.method != "POST":
        return redirect(pages.own_address(vacancy))
    key = OneTimeKeyField().clean(request.POST.get("one_time_key"))
    copy = copy_vacancy(vacancy=vacancy, one_time_key=key, by=request.user)
    messages.success(request, "This is the copy. Choose its dates, and look at each part again.")
    return redirect(pages.own_address(copy))

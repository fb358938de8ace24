from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import retention
from careers import queries
from careers.forms import HomeSearchForm, StoryFilterForm
from careers.models import Story
from careers.pathways import draw_pathways
from vacancies.models import Campaign
from vacancies.queries import campaign_jobs, campaigns_on, closing_soon

STORIES_A_PAGE = 12


@require_safe
def home(request):
    today = timezone.localdate()
    context = {
        "search": HomeSearchForm(),
        "vacancies": closing_soon(today, limit=6),
        "vacancy_figures": queries.vacancy_figures(request.user, today),
        "figures": queries.figures(),
        "stories": queries.published_stories()[:4],
        "events": queries.upcoming_events(today)[:2],
    }
    return render(request, "careers/home.html", context)


@require_safe
def working_here(request):
    today = timezone.localdate()
    context = {
        "figures": queries.figures(),
        "stories": queries.published_stories()[:2],
        "campaigns": campaigns_on(today),
        "vacancy_figures": queries.vacancy_figures(request.user, today),
    }
    return render(request, "careers/working_here.html", context)


@require_safe
def campaign_detail(request, slug):
    """A recruitment campaign and its jobs that are open to everybody."""
    today = timezone.localdate()
    campaign = get_object_or_404(Campaign, slug=slug)
    jobs = campaign_jobs(campaign, today)
    page = Paginator(jobs, settings.VACANCIES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "page": page,
        "is_on": campaign.starts_on <= today <= campaign.ends_on,
        "has_ended": campaign.ends_on < today,
    }
    return render(request, "careers/campaign_detail.html", context)


@require_safe
def story_list(request):
    form = StoryFilterForm(request.GET)
    stories = queries.published_stories(**form.chosen())
    page = Paginator(stories, STORIES_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "filtered": any(form.chosen().values())}
    return render(request, "careers/story_list.html", context)


@require_safe
def story_detail(request, slug):
    published = Story.objects.published().select_related("role", "team__district", "start_role")
    story = get_object_or_404(published.prefetch_related("steps"), slug=slug)
    vacancies = list(queries.vacancies_like_story(story, timezone.localdate()))
    context = {
        "story": story,
        "steps": _as_timeline(story.steps.all()),
        "vacancies": vacancies,
        "same_role_open": any(vacancy.role_id == story.role_id for vacancy in vacancies),
        "others": queries.published_stories().exclude(pk=story.pk)[:2],
    }
    return render(request, "careers/story_detail.html", context)


@require_safe
def pathway_list(request):
    pathways = draw_pathways(queries.pathway_steps())
    open_now = queries.open_vacancies_by_role(timezone.localdate())
    told = queries.stories_by_role()
    stops = [
        {
            "role": stop.role,
            "steps": [(step.to_role, step.how) for step, _ in stop.steps],
            "open_now": open_now.get(stop.role.pk, 0),
            "story": told.get(stop.role.pk),
        }
        for stop in pathways.stops
    ]
    return render(request, "careers/pathway_list.html", {"map": pathways, "stops": stops})


@require_safe
def event_list(request):
    today = timezone.localdate()
    context = {"upcoming": queries.upcoming_events(today), "past": queries.past_events(today)}
    return render(request, "careers/event_list.html", context)


@require_safe
def accessibility(request):
    days = {f"statement_{name}": day for name, day in settings.ACCESSIBILITY_STATEMENT.items()}
    return render(request, "careers/accessibility.html", days)


@require_safe
def privacy(request):
    today = timezone.localdate()
    context = {"retention": retention.in_words(on=today), "decided_on": retention.decided_on(today)}
    return render(request, "careers/privacy.html", context)


@require_safe
def cookies(request):
    return render(request, "careers/cookies.html")


def _as_timeline(steps):
    entries = [
        {"title": step.role_text, "when": step.when, "text": step.what_helped} for step in steps
    ]
    if entries:
        entries[-1]["state"] = "now"
    return entries

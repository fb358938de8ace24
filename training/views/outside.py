"""Outside courses for the person: asking, where it stands, how it went, and what others say."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.actions import ask_for_outside_course, tell_outcome, withdraw_outside_course
from training.exceptions import (
    AskingRefused,
    CostReasonNeeded,
    OutsideAskedAlready,
    OutsideClash,
)
from training.forms import OutcomeForm, OutsideCourseForm, OutsideStartForm, ReviewSearchForm
from training.models import AttendedElsewhere, OutsideCourse
from training.queries import author_of, own_courses_like, reviews_of_outside_courses
from training.rules import can_see_outside, can_tell_outcome, can_withdraw_outside
from training.views.access import staff_only

ASKED = "We have sent your request. You get an e-mail at each step."
GONE = "Taken back. Your time is free again."
THANKS = "Thank you for telling us."


@staff_only
def outside_list(request):
    """What the person has asked for and logged, the newest first."""
    now = timezone.now()
    courses = list(OutsideCourse.objects.with_people().filter(person=request.user))
    for course in courses:
        course.may_tell_outcome = can_tell_outcome(request.user, course, now)
    attended = AttendedElsewhere.objects.with_people().filter(person=request.user)
    context = {"courses": courses, "attended": list(attended)}
    return render(request, "training/outside_list.html", context)


@staff_only
def outside_create(request):
    """Ask what the course is called, show what the council offers like it, and take the request."""
    if request.method == "POST":
        own = own_courses_like(request.POST.get("title", ""), request.POST.get("topic", ""))
        form = OutsideCourseForm(request.POST, own_courses=own)
        made = _ask(request, form)
        if made:
            return redirect(made)
        return render(request, "training/outside_create.html", {"form": form})
    start = OutsideStartForm(request.GET if "title" in request.GET else None)
    if not start.is_valid():
        return render(request, "training/outside_start.html", {"form": start})
    own = own_courses_like(**start.cleaned_data)
    form = OutsideCourseForm(initial=start.cleaned_data, own_courses=own)
    return render(request, "training/outside_create.html", {"form": form})


def _ask(request, form):
    if not form.is_valid():
        return None
    try:
        made = ask_for_outside_course(by=request.user, **form.facts)
    except OutsideAskedAlready as refusal:
        form.asked_already = refusal.other
        form.add_error("title", str(refusal))
    except OutsideClash as refusal:
        form.add_error("first_day", refusal.own)
    except AskingRefused as refusal:
        form.add_error("first_day", str(refusal))
    else:
        messages.success(request, ASKED)
        return made
    return None


@staff_only
def outside_detail(request, pk):
    """One outside course, for the person and for officers."""
    outside = get_object_or_404(OutsideCourse.objects.with_people(), pk=pk)
    if not can_see_outside(request.user, outside):
        raise Http404
    now = timezone.now()
    context = {
        "outside": outside,
        "is_own": outside.person == request.user,
        "may_be_withdrawn": can_withdraw_outside(request.user, outside, now),
        "may_tell_outcome": can_tell_outcome(request.user, outside, now),
        "review": getattr(outside, "review", None),
    }
    return render(request, "training/outside_detail.html", context)


@login_required
def outside_withdraw(request, pk):
    """Ask whether to take it back, and do so when told to."""
    outside = get_object_or_404(OutsideCourse.objects.with_people(), pk=pk, person=request.user)
    if request.method == "POST":
        try:
            withdraw_outside_course(outside=outside, by=request.user)
        except PermissionDenied as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, GONE)
        return redirect(outside)
    if not can_withdraw_outside(request.user, outside, timezone.now()):
        return redirect(outside)
    return render(request, "training/outside_withdraw.html", {"outside": outside})


@staff_only
def outside_outcome(request, pk):
    """Ask the person how it went, or officers about somebody who has left."""
    outside = get_object_or_404(OutsideCourse.objects.with_people(), pk=pk)
    if not can_see_outside(request.user, outside):
        raise Http404
    is_own = outside.person == request.user
    may_not = not can_tell_outcome(request.user, outside, timezone.now())
    if may_not and (request.method == "GET" or not is_own):  # Saying it twice is saying it once.
        return redirect(outside)
    data = request.POST if request.method == "POST" else None
    form = OutcomeForm(data, outside=outside, is_own=is_own)
    if form.is_valid():
        try:
            tell_outcome(outside=outside, by=request.user, **form.facts)
        except CostReasonNeeded as refusal:
            form.add_error("cost_reason", str(refusal))
        except (AskingRefused, PermissionDenied) as refusal:
            messages.warning(request, str(refusal))
            return redirect(outside)
        else:
            messages.success(request, THANKS)
            return redirect(outside)
    return render(request, "training/outside_outcome.html", {"outside": outside, "form": form})


@staff_only
def outside_reviews(request):
    """What colleagues say of outside courses, to be searched by course, provider and topic."""
    form = ReviewSearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = reviews_of_outside_courses(asked.get("q", ""), asked.get("topic", ""))
    page = Paginator(found, settings.OUTSIDE_REVIEWS_PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [(review, author_of(review, today)) for review in page]
    context = {"form": form, "page": page, "rows": rows, "is_searched": any(asked.values())}
    return render(request, "training/outside_reviews.html", context)

"""Asking to hear of a course that has no date yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from training.actions import register_interest, withdraw_interest
from training.exceptions import DatesAhead
from training.models import Course
from training.views.access import who_books_only

ASKED = "We write to you once, as soon as this course has a date."
FORGOTTEN = "We will not write to you about this course."


@who_books_only
def course_interest(request, slug):
    course = get_object_or_404(Course, slug=slug)
    if request.method == "POST":
        try:
            register_interest(course=course, by=request.user)
        except DatesAhead as refusal:
            messages.warning(request, str(refusal))
        except PermissionDenied:
            messages.warning(request, "This course is not offered any more.")
        else:
            messages.success(request, ASKED)
    return redirect(course)


@login_required
def course_interest_withdraw(request, slug):
    course = get_object_or_404(Course, slug=slug)
    if request.method == "POST":
        withdraw_interest(course=course, by=request.user)
        messages.success(request, FORGOTTEN)
    return redirect(course)

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from training.forms import BookPlaceForm, CourseSearchForm, TellMeForm
from training.models import Booking, Course, CourseInterest, FairRound, Session
from training.queries import (
    approver_of,
    find_courses,
    five_days,
    my_bookings_by_session,
    plans_in_the_way,
    sessions_to_book,
    suggestions_for,
    tell_where_they_stand,
)
from training.rules import (
    Say,
    can_book,
    can_nominate_anyone,
    can_run_session,
    is_open_to,
    managers_say,
)
from training.states import SessionState
from training.views.access import who_books_only
from training.views.showing import prepare

COURSES_A_PAGE = 12


@who_books_only
def course_list(request):
    now = timezone.now()
    form = CourseSearchForm(request.GET)
    form.is_valid()  # What is wrong is shown beside its field and not searched for.
    courses = find_courses(now, **form.asked)
    page = Paginator(courses, COURSES_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    if not request.GET:
        context["rounds"] = FairRound.objects.running().count()
    if not request.GET and request.user.has_role("staff"):
        context["suggestions"] = suggestions_for(request.user.staff_member, now)
    return render(request, "training/course_list.html", context)


@who_books_only
def course_detail(request, slug):
    course = get_object_or_404(Course.objects.prefetch_related("roles"), slug=slug)
    sessions = list(sessions_to_book(timezone.now()).filter(course=course))
    mine = my_bookings_by_session(request.user, sessions)
    interests = CourseInterest.objects.untold().filter(course=course, person=request.user)
    context = {
        "course": course,
        "sessions": [(row, mine.get(row.pk)) for row in sessions],
        "is_interested": not sessions and interests.exists(),
    }
    return render(request, "training/course_detail.html", context)


@who_books_only
def session_detail(request, pk):
    sessions = Session.objects.select_related("course", "trainer").with_places()
    session = get_object_or_404(sessions, pk=pk)
    now = timezone.now()
    booking = my_latest_booking(request.user, session, now)
    context = {
        "session": session,
        "booking": booking,
        "is_open": is_open_to(request.user, session, now),
        "is_over": session.ends_at <= now,
        "can_book": can_book(request.user, session, now),
        "round": FairRound.objects.filter(session=session).first(),
        "can_nominate": can_nominate_anyone(request.user),
        "may_run": session.state == SessionState.PLANNED and can_run_session(request.user, session),
        "book_form": BookPlaceForm(session=session),
        "tell_me_form": TellMeForm(session=session),
        **what_booking_means(request.user, session, now),
        **what_is_in_the_way(request.user, session, booking, now),
    }
    return render(request, "training/session_detail.html", context)


def what_booking_means(user, session, at):
    """What a place is worth to the user, and whom of their managers it waits for or is told of it."""
    promise = five_days(user, session.starts_on)
    manager = approver_of(user, at)
    booking = Booking(session=session, person=user)
    before = Booking.objects.filter(session=session, person=user)
    was_declined = before.declined_by_manager().exists()
    say = managers_say(booking, was_declined=was_declined, promise=promise)
    return {
        "was_declined": was_declined,
        "promise": promise,
        "asked_first": manager if say == Say.BEFORE else None,
        "told": manager if say == Say.AFTER else None,
    }


def what_is_in_the_way(user, session, booking, at):
    """What the user has at that time, and of that course on another day, before they book."""
    has_one = booking is not None and not booking.is_over
    if has_one or not is_open_to(user, session, at):
        return {}
    then, again = plans_in_the_way(user, session, at)
    return {"then": then, "again": again}


def my_latest_booking(user, session, at):
    """Return the user's current booking of a session, else the last that somebody else ended, or None."""
    mine = Booking.objects.filter(session=session, person=user)
    mine = mine.select_related("suggested_session__course", "person")
    booking = mine.current().first() or mine.ended_without_the_person().first()
    if booking is None:
        return None
    booking.session = session
    tell_where_they_stand([booking], at)
    return prepare([booking], user, at)[0]

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from training.forms import BookPlaceForm, CourseSearchForm, TellMeForm
from training.models import Booking, Course, Session
from training.queries import courses_on_offer, my_bookings_by_session, sessions_to_book
from training.rules import can_book, can_cancel_booking, can_nominate_anyone
from training.views.access import who_books_only

COURSES_A_PAGE = 12


@who_books_only
def course_list(request):
    form = CourseSearchForm(request.GET)
    form.is_valid()  # What is wrong is shown beside its field and not searched for.
    asked = {
        "course_format" if name == "format" else name: value
        for name, value in form.cleaned_data.items()
    }
    courses = courses_on_offer(timezone.now(), **asked)
    page = Paginator(courses, COURSES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/course_list.html", {"form": form, "page": page})


@who_books_only
def course_detail(request, slug):
    course = get_object_or_404(Course.objects.prefetch_related("roles"), slug=slug)
    sessions = list(sessions_to_book(timezone.now()).filter(course=course))
    mine = my_bookings_by_session(request.user, sessions)
    context = {"course": course, "sessions": [(row, mine.get(row.pk)) for row in sessions]}
    return render(request, "training/course_detail.html", context)


@who_books_only
def session_detail(request, pk):
    sessions = Session.objects.select_related("course", "trainer").with_places()
    session = get_object_or_404(sessions, pk=pk)
    booking = Booking.objects.current().filter(session=session, person=request.user).first()
    now = timezone.now()
    if booking:
        booking.session = session
    context = {
        "session": session,
        "booking": booking,
        "can_book": can_book(request.user, session, now),
        "can_cancel": booking and can_cancel_booking(request.user, booking, now),
        "can_nominate": can_nominate_anyone(request.user),
        "book_form": BookPlaceForm(session=session),
        "tell_me_form": TellMeForm(session=session),
    }
    return render(request, "training/session_detail.html", context)

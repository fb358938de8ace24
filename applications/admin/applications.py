from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from accounts.registries import admin_pages
from accounts.states import InvalidTransition
from applications import pages, queries, rules
from applications.actions import (
    choose_applications,
    enter_application,
    mark_vacancy_filled,
    move_application,
    open_application,
)
from applications.admin import ageing
from applications.admin.ends import what_can_be_done
from applications.admin.ringing import please_ring
from applications.exceptions import (
    AlreadyApplied,
    ApplicantsWaiting,
    TooManyChosen,
    VacancyClosed,
    WordsMissing,
)
from applications.forms import EnterForm
from applications.forms.hr import MoveForm, words_of_template
from applications.models import Application, MessageTemplate
from applications.queries import disclosure
from applications.queries.interviews import times_to_come
from applications.reports import EQUALITY_PAGE
from applications.rules import hr
from applications.sections import Held
from applications.states import ApplicationState, DocumentState
from vacancies.models import Vacancy
from vacancies.states import VacancyState

admin_pages.register(EQUALITY_PAGE)

WAITING = ["{} applicant has no answer.", "{} applicants have no answer."]
TOO_MANY = "Nothing was done: choose {:,} applications at most."
QUICKER = "Application {} was left alone: a colleague was quicker, or it was withdrawn."


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin):
    """Applications as HR sees them: to read, and to move along. Drafts are nobody's but the writer's."""

    list_display = [
        "reference",
        "full_name",
        "vacancy_title",
        "state",
        "days_here",
        "submitted_at",
        "entered_how",
    ]
    list_filter = [
        "state",
        ageing.WaitingFilter,
        ("documents__state", ageing.FileScanFilter),
        ("vacancy", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["vacancy"]
    search_fields = [
        "reference",
        "full_name",
        "applicant__email",
        "vacancy__title",
        "vacancy__reference",
    ]
    ordering = ["-submitted_at", "-pk"]
    show_full_result_count = False
    list_per_page = 50
    actions = ["several_at_once", "start_considering"]
    view_on_site = False  # that page is the applicant's
    change_form_template = "applications/admin/application_change.html"
    fieldsets = [
        (None, {"fields": ["reference", "vacancy", "state", "entered", "works_here", "steps"]}),
        ("The applicant", {"fields": ["email", "cv_link"]}),
        (
            "How it ended",
            {
                "fields": [
                    "decision",
                    "decided_at",
                    "decided_by",
                    "withdrawn_at",
                    "withdrawal_reason",
                    "blanked_at",
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).sent().with_stage_since()

    def get_changelist(self, request, **kwargs):
        return ageing.ApplicationList

    def get_fieldsets(self, request, application=None):
        return self.fieldsets if application and application.is_over else self.fieldsets[:-1]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False  # Answers are the applicant's; the state moves by move_application only.

    def has_delete_permission(self, request, obj=None):
        return False

    def has_move_permission(self, request):
        return request.user.has_perm("applications.move_application")

    @admin.display(description="job", ordering="vacancy__title")
    def vacancy_title(self, application):
        return str(application.vacancy)

    @admin.display(description="at this stage", ordering="stage_since")
    def days_here(self, application):
        return ageing.stage_in_words(application, timezone.now())

    @admin.display(description="e-mail")
    def email(self, application):
        person = application.applicant
        return person.email if person.can_be_written_to else "None: ring them with news"

    @admin.display(description="how it came")
    def entered(self, application):
        if not application.entered_how:
            return "Written by the applicant"
        return f"{application.get_entered_how_display()}, written down by {application.entered_by}"

    @admin.display(description="works here")
    def works_here(self, application):
        """What they did here, for HR; the panel reads without it until the interview."""
        rows = [(row.words,) for row in queries.what_they_did_here(application)]
        return format_html_join(mark_safe("<br>"), "{}", rows) or "No"

    @admin.display(description="what has happened")
    def steps(self, application):
        rows = [
            (
                date_format(timezone.localtime(move.moved_at), "j F Y, H:i"),
                move.get_to_state_display(),
                move.moved_by or "nobody in person",
                f": “{move.words}”" if move.words else "",
            )
            for move in application.moves.select_related("moved_by")
        ]
        return format_html_join(mark_safe("<br>"), "{}: {}, by {}{}", rows)

    @admin.display(description="CV")
    def cv_link(self, application):
        cv = application.cv()
        if cv is None:
            return "None"
        if cv.is_refused:
            return f"Refused by the virus scan and deleted: {cv.refused_because}"
        if cv.state == DocumentState.UNSCANNED and settings.CLAMD_URL:
            return "Waits for the virus scan. It can be opened afterwards"
        url = reverse("applications:document-download", args=[application.reference, cv.pk])
        return format_html(
            '<a href="{}">{}</a> ({}; type, size and what is inside were checked)',
            url,
            cv.original_name,
            "scanned for viruses and clean"
            if cv.state == DocumentState.CLEAN
            else "not scanned for viruses, since scanning is off",
        )

    def get_urls(self):
        move = path(
            "<int:pk>/move/",
            self.admin_site.admin_view(self.move_view),
            name="applications_application_move",
        )
        fill = path(
            "fill/<int:vacancy_pk>/",
            self.admin_site.admin_view(self.fill_view),
            name="applications_application_fill",
        )
        enter = path(
            "enter/<int:vacancy_pk>/",
            self.admin_site.admin_view(self.enter_view),
            name="applications_application_enter",
        )
        return [move, fill, enter, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        application = self.get_object(request, object_id)
        if application and self.has_view_permission(request, application):
            open_application(application=application, by=request.user)
        parts = pages.parts(Held(application)) if application else []
        can_move = (
            application is not None
            and self.has_move_permission(request)
            and bool(rules.moves_for_hr(application))
        )
        return super().change_view(
            request,
            object_id,
            form_url,
            {
                **(extra_context or {}),
                "can_move": can_move,
                "parts": parts,
                **what_can_be_done(request.user, application),
                "disclosure": disclosure.status_for_hr(application) if application else None,
                "can_write": hr.can_write_messages(request.user),
            },
        )

    def move_view(self, request, pk):
        """One page: where to, and with which words."""
        application = self.get_queryset(request).select_related("vacancy").filter(pk=pk).first()
        if application is None or not self.has_move_permission(request):
            raise Http404
        data = request.POST if request.method == "POST" else None
        begun = words_of_template(request.GET.get("template"), application)
        form = MoveForm(data, application=application, initial=begun)
        if form.is_valid() and self._moved(request, application, form):
            return redirect("admin:applications_application_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Move application {application}",
            "opts": self.opts,
            "original": application,
            "form": form,
            "chosen_times": times_to_come(application, timezone.now()),
            "ends_an_offer": application.state in hr.AFTER_AN_OFFER,
            "templates": MessageTemplate.objects.in_use(),
        }
        return render(request, "applications/admin/application_move.html", context)

    def _moved(self, request, application, form):
        try:
            self._move(request, application, **form.cleaned_data)
        except WordsMissing as problem:
            form.add_error("words", str(problem))
            return False
        return True

    def fill_view(self, request, vacancy_pk):
        """Say that a vacancy is filled, or see who still waits for an answer."""
        vacancy = Vacancy.objects.filter(pk=vacancy_pk).first()
        if vacancy is None or not request.user.has_perm("vacancies.publish_vacancy"):
            raise Http404
        if request.method == "POST":
            self._fill(request, vacancy)
            return redirect("admin:vacancies_vacancy_change", vacancy_pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Mark as filled: {vacancy}",
            "opts": self.opts,
            "vacancy": vacancy,
            "waiting": queries.without_answer(vacancy),
            "can_fill": vacancy.can_become(VacancyState.FILLED),
        }
        return render(request, "applications/admin/vacancy_fill.html", context)

    def _fill(self, request, vacancy):
        try:
            mark_vacancy_filled(vacancy=vacancy, by=request.user)
        except InvalidTransition:
            vacancy.refresh_from_db(fields=["state"])
            state = vacancy.get_state_display().lower()
            words = f"{vacancy} is {state}, so this cannot be done."
            self.message_user(request, words, messages.ERROR)
        except ApplicantsWaiting as problem:
            words = f"{vacancy} is not filled: {WAITING[problem.count > 1].format(problem.count)}"
            self.message_user(request, words, messages.ERROR)
        else:
            self.message_user(request, f"{vacancy} is filled.", messages.SUCCESS)

    def enter_view(self, request, vacancy_pk):
        """Begin the application of somebody who rings or wrote on paper; its sections have the site's pages."""
        vacancy = Vacancy.objects.select_related("role").filter(pk=vacancy_pk).first()
        allowed = request.user.has_perm("applications.enter_application")
        if vacancy is None or not allowed or not vacancy.is_open(timezone.localdate()):
            raise Http404
        data = request.POST if request.method == "POST" else None
        form = EnterForm(data)
        if form.is_valid() and (application := self._enter(request, vacancy, form)):
            return redirect(application)
        context = {
            **self.admin_site.each_context(request),
            "title": "Application by phone or on paper",
            "vacancy": vacancy,
            "form": form,
        }
        return render(request, "applications/admin/application_enter.html", context)

    def _enter(self, request, vacancy, form):
        try:
            return enter_application(vacancy=vacancy, by=request.user, **form.cleaned_data)
        except AlreadyApplied:
            form.add_error("email", "This person has an application for this job already")
        except (VacancyClosed, PermissionDenied):
            form.add_error(None, "This person cannot apply for this job today.")
        return None

    @admin.action(
        description="Move along or write to the selected applications, with a preview",
        permissions=["move"],
    )
    def several_at_once(self, request, queryset):
        try:
            bulk = choose_applications(applications=queryset, by=request.user)
        except TooManyChosen as problem:
            self.message_user(request, TOO_MANY.format(problem.most), messages.ERROR)
            return None
        return redirect("admin:applications_bulk", bulk.pk)

    @admin.action(description="Start considering the selected applications", permissions=["move"])
    def start_considering(self, request, queryset):
        for application in queryset:
            self._move(request, application, ApplicationState.SHORTLISTING)

    def _move(self, request, application, to_state, words=""):
        try:
            move_application(
                application=application, to_state=to_state, by=request.user, words=words
            )
        except InvalidTransition:
            self.message_user(request, QUICKER.format(application), messages.WARNING)
        except PermissionDenied as problem:
            self.message_user(request, str(problem), messages.ERROR)
        else:
            moved = (
                f"Application {application} moved to {ApplicationState(to_state).label.lower()}."
            )
            if application.applicant.can_be_written_to:
                self.message_user(
                    request, f"{moved} The applicant has been told.", messages.SUCCESS
                )
            else:
                self.message_user(request, f"{moved} {please_ring(application)}", messages.WARNING)

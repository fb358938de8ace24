from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html

from accounts.states import InvalidTransition
from applications.queries import to_ring_about_withdrawn_vacancies, without_answer
from design_system.lines import seen
from vacancies import rules
from vacancies.actions import (
    change_criteria,
    change_rows,
    change_vacancy,
    create_vacancy,
)
from vacancies.admin import forms, steps
from vacancies.exceptions import (
    DateNotLater,
    DateTooLate,
    ReasonMissing,
    StillNeeded,
    VacancyNotReady,
)
from vacancies.hints import advert_hints
from vacancies.models import Criterion, Vacancy
from vacancies.queries import likely_duplicates
from vacancies.states import PUBLISHED, VacancyState

STATUS = (
    None,
    {
        "fields": [
            "reference",
            "state",
            "created_by",
            "submitted_by",
            "approved_by",
            "published_at",
            "closed_at",
            "copied_from",
        ]
    },
)


@admin.register(Vacancy)
class VacancyAdmin(admin.ModelAdmin):
    """Adverts: HR writes them, reads those of hiring managers, publishes and takes them back."""

    form = forms.VacancyForm
    formfield_overrides = forms.SEEN
    inlines = [
        forms.CriterionInline,
        forms.PaymentInline,
        forms.OtherPlaceInline,
        forms.SiftDateInline,
    ]
    list_display = ["reference", "title", "team", "state", "opens_on", "closes_on"]
    list_display_links = ["reference", "title"]
    list_filter = ["state", "visibility", "rolling", "role__family", "district", "contract"]
    list_select_related = ["team"]
    search_fields = ["title", "reference", "team__name"]
    actions = ["publish_selected", "close_selected", "withdraw_selected"]
    fieldsets = [STATUS, *forms.FIELDSETS]
    readonly_fields = STATUS[1]["fields"]

    def get_queryset(self, request):
        return super().get_queryset(request).without_search_columns()

    def get_readonly_fields(self, request, vacancy=None):
        """The days of what is published move by their own pages, which tell people."""
        published = vacancy is not None and vacancy.state in PUBLISHED
        return [*self.readonly_fields, *sorted(rules.FIXED_ONCE_PUBLISHED if published else [])]

    def view_on_site(self, vacancy):
        return vacancy.get_absolute_url()

    def has_delete_permission(self, request, obj=None):
        return False  # An advert is withdrawn; its reference is never used again.

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or rules.can_change_vacancy(request.user, obj))

    def has_publish_permission(self, request):
        return request.user.has_perm("vacancies.publish_vacancy")

    def has_withdraw_permission(self, request):
        return request.user.has_perm("vacancies.withdraw_vacancy")

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        draft = obj or Vacancy(created_by=request.user)
        context["can_send"] = rules.can_send_vacancy(request.user, draft)
        context["can_publish"] = rules.can_publish_vacancy(request.user, draft)
        if obj is not None:
            context |= self._about(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _about(self, request, vacancy):
        """Return what stands above the form: what can be done, and what is worth knowing."""
        today = timezone.localdate()
        is_writable = rules.can_change_vacancy(request.user, vacancy)
        return {
            "steps": steps.steps_for(request.user, vacancy, today),
            "hints": advert_hints(vacancy, on=today) if is_writable else [],
            "problems": rules.problems_before_publishing(vacancy, on=today)
            if rules.can_publish_vacancy(request.user, vacancy)
            else [],
            "duplicates": likely_duplicates(vacancy) if is_writable else [],
            "comments": vacancy.review_comments.select_related("written_by"),
            "is_own": rules.is_own(request.user, vacancy),
            "without_answer": without_answer(vacancy).count(),
            "can_enter": vacancy.is_open(today)
            and request.user.has_perm("applications.enter_application"),
            "can_fill": vacancy.can_become(VacancyState.FILLED),
        }

    def save_model(self, request, vacancy, form, change):
        mine = [name for name in form.fields if name != "opened_at"]
        fields = {name: form.cleaned_data[name] for name in mine}
        if not change:
            made = create_vacancy(by=request.user, **fields)
            vacancy.pk, vacancy.reference = made.pk, made.reference
            return
        before = Vacancy.objects.get(pk=vacancy.pk)
        changes = {name: new for name, new in fields.items() if getattr(before, name) != new}
        if changes:
            change_vacancy(vacancy=vacancy, by=request.user, **changes)

    def save_formset(self, request, form, formset, change):
        kept = formset.save(commit=False)
        if kept or formset.deleted_objects:
            action = change_criteria if formset.model is Criterion else change_rows
            try:
                action(
                    vacancy=form.instance,
                    by=request.user,
                    kept=kept,
                    removed=formset.deleted_objects,
                )
            except StillNeeded as problem:  # written about or scored since the form was looked at
                self.message_user(request, str(problem), messages.ERROR)

    def response_add(self, request, vacancy, post_url_continue=None):
        return self._onward(request, vacancy) or super().response_add(
            request, vacancy, post_url_continue
        )

    def response_change(self, request, vacancy):
        return self._onward(request, vacancy) or super().response_change(request, vacancy)

    def _onward(self, request, vacancy):
        """Publish or send when that was the button, and come back to the advert."""
        verb = next((verb for verb in ("publish", "send") if f"_{verb}" in request.POST), None)
        if verb is None:
            return None
        self._take(request, vacancy, steps.STEPS[verb])
        return redirect("admin:vacancies_vacancy_change", vacancy.pk)

    def get_urls(self):
        step = path(
            "<int:pk>/do/<str:verb>/",
            self.admin_site.admin_view(self.step_view),
            name="vacancies_vacancy_do",
        )
        return [step, *super().get_urls()]

    def step_view(self, request, pk, verb):
        """One page for one thing: what it does, the words it needs, and its button."""
        vacancy, step = Vacancy.objects.filter(pk=pk).first(), steps.STEPS.get(verb)
        if vacancy is None or step is None or not self.has_view_permission(request, vacancy):
            raise Http404
        form = step.form(request.POST if request.method == "POST" else None, vacancy=vacancy)
        if request.method == "POST" and form.is_valid():
            done = self._take(request, vacancy, step, **form.cleaned_data)
            return redirect("admin:vacancies_vacancy_change", (done or vacancy).pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{step.button}: {vacancy}",
            "opts": self.opts,
            "vacancy": vacancy,
            "form": form,
            "step": step,
            "can": step.can(request.user, vacancy, timezone.localdate()),
        }
        return render(request, "vacancies/admin/step.html", context)

    def _take(self, request, vacancy, step, **words):
        """Do one step and say how it went. Returns the advert it was done to, or None."""
        try:
            done = step.action(vacancy=vacancy, by=request.user, **words)
        except VacancyNotReady as error:
            self._say(request, vacancy, " ".join(error.problems), messages.ERROR)
        except (PermissionDenied, DateNotLater, DateTooLate, ReasonMissing) as error:
            self._say(request, vacancy, str(error), messages.ERROR)
        except InvalidTransition:
            vacancy.refresh_from_db(fields=["state"])
            state = vacancy.get_state_display().lower()
            self._say(request, vacancy, f"is {state}, so this cannot be done.", messages.ERROR)
        else:
            said = steps.outcome(step, done, timezone.localdate())
            self._say(request, done, said, messages.SUCCESS)
            if done.state == VacancyState.WITHDRAWN:
                self._say_whom_to_ring(request, done)
            return done
        return None

    def _say_whom_to_ring(self, request, vacancy):
        """Name the applicants of the withdrawn advert whom no e-mail can tell of it."""
        people = to_ring_about_withdrawn_vacancies().filter(vacancy=vacancy)
        if people:
            named = ", ".join(f"{person.full_name} on {person.phone}" for person in people)
            words = f"is withdrawn, and no e-mail can tell these applicants. Please ring {named}."
            self._say(request, vacancy, words, messages.WARNING)

    def _say(self, request, vacancy, words, level):
        link = format_html('<a href="{}">{}</a>', vacancy.get_absolute_url(), vacancy)
        self.message_user(request, format_html("{} {}", link, words), level)

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request, vacancies):
        for vacancy in vacancies:
            self._take(request, vacancy, steps.STEPS["publish"])

    @admin.action(description="Close before the closing date", permissions=["change"])
    def close_selected(self, request, vacancies):
        return self._end(request, vacancies, "close")

    @admin.action(description="Withdraw (cannot be undone)", permissions=["withdraw"])
    def withdraw_selected(self, request, vacancies):
        return self._end(request, vacancies, "withdraw")

    def _end(self, request, vacancies, verb):
        """Ask for the reason first: people are told it."""
        step = steps.STEPS[verb]
        if "confirmed" in request.POST:
            for vacancy in vacancies:
                self._take(
                    request, vacancy, step, reason=seen(request.POST.get("reason", ""))[:300]
                )
            return None
        context = {
            **self.admin_site.each_context(request),
            "vacancies": vacancies,
            "verb": verb,
            "step": step,
        }
        return TemplateResponse(request, "vacancies/admin/end.html", context)

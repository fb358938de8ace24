from django import forms
from django.contrib import admin, messages
from django.db import models
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from accounts.models import User
from accounts.states import InvalidTransition
from organisation.queries import find_place, nearest_spellings
from vacancies import rules
from vacancies.actions import (
    change_criteria,
    change_vacancy,
    close_vacancy,
    create_vacancy,
    publish_vacancy,
    withdraw_vacancy,
)
from vacancies.exceptions import VacancyNotReady
from vacancies.models import Criterion, Pattern, Vacancy

STATUS = (None, {"fields": ["reference", "state", "published_at", "closed_at"]})
FIELDSETS = [
    ("Advert", {"fields": ["title", "role", "team", "summary", "body", "benefits"]}),
    ("Pay and hours", {"fields": [
        "grade", "salary_from", "salary_to", "contract", "contract_months", "patterns",
        "weekly_hours",
    ]}),
    ("Place", {"fields": ["place_name", "postcode", "latitude", "longitude", "district"]}),
    ("Dates", {"fields": ["opens_on", "closes_on", "interview_on"]}),
    ("Who it suits", {"fields": ["newly_qualified_welcome", "driving"]}),
    ("People", {"fields": [
        "hiring_manager", "contact_name", "contact_email", "contact_phone",
    ]}),
]  # fmt: skip


class VacancyForm(forms.ModelForm):
    """An advert as HR writes it. A place left empty is the team's; its point is looked up."""

    patterns = forms.MultipleChoiceField(
        label="Working patterns", choices=Pattern.choices, widget=forms.CheckboxSelectMultiple
    )
    hiring_manager = forms.ModelChoiceField(
        User.objects.with_role("hiring_manager"), required=False
    )

    class Meta:
        model = Vacancy
        fields = [name for _, part in FIELDSETS for name in part["fields"]]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }
        help_texts = {
            "place_name": "Leave empty to use where the team sits.",
            "latitude": "Leave empty: it is looked up from the postcode or the place.",
            "district": "Leave empty to use the team's.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "hiring_manager" in self.fields and self.instance.hiring_manager_id:
            # Whoever it is now stays a choice, also when they no longer hire.
            field = self.fields["hiring_manager"]
            field.queryset |= User.objects.filter(pk=self.instance.hiring_manager_id)
        for name in ("place_name", "latitude", "longitude", "district"):
            if name in self.fields:  # Someone who may only look has no fields.
                self.fields[name].required = False

    def clean(self):
        given = super().clean()
        team = given.get("team")
        if team and not given.get("place_name"):
            for name in ("place_name", "latitude", "longitude"):
                given[name] = getattr(team, name)
        elif given.get("place_name") and self._point_is_stale(given):
            self._look_up_point(given)
        if team and not given.get("district"):
            given["district"] = team.district
        return given

    def _point_is_stale(self, given):
        if given.get("latitude") is None or given.get("longitude") is None:
            return True
        changed = set(self.changed_data)
        return bool(changed & {"place_name", "postcode"}) and not changed & {
            "latitude",
            "longitude",
        }

    def _look_up_point(self, given):
        name = "postcode" if given.get("postcode") else "place_name"
        place = find_place(given[name])
        if place is None:
            near = nearest_spellings(given["place_name"])
            hint = f" Did you mean {', '.join(near)}?" if near and name == "place_name" else ""
            words = (
                f"We do not know where “{given[name]}” is.{hint} You can also give both numbers."
            )
            self.add_error(name, words)
        else:
            given["latitude"], given["longitude"] = place.latitude, place.longitude


class CriterionInline(admin.StackedInline):
    """One under another: in Django's table of inlines the boxes have no labels."""

    model = Criterion
    extra = 3
    fields = [("kind", "position"), "text"]
    formfield_overrides = {
        models.CharField: {"widget": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}
    }


@admin.register(Vacancy)
class VacancyAdmin(admin.ModelAdmin):
    """Adverts: HR writes them, looks at them as the public will, publishes and takes them back."""

    form = VacancyForm
    inlines = [CriterionInline]
    list_display = ["reference", "title", "team", "state", "opens_on", "closes_on"]
    list_display_links = ["reference", "title"]
    list_filter = ["state", "role__family", "district", "contract"]
    list_select_related = ["team"]
    search_fields = ["title", "reference", "team__name"]
    actions = ["publish_selected", "close_selected", "withdraw_selected"]
    fieldsets = [STATUS, *FIELDSETS]
    readonly_fields = STATUS[1]["fields"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search_vector", "search_heads")

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
        draft = obj or Vacancy()
        context["can_publish"] = rules.can_publish_vacancy(request.user, draft)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, vacancy, form, change):
        fields = {name: form.cleaned_data[name] for name in form.fields}
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
            change_criteria(
                vacancy=form.instance,
                by=request.user,
                kept=kept,
                removed=formset.deleted_objects,
            )

    def response_add(self, request, vacancy, post_url_continue=None):
        return self._published(request, vacancy) or super().response_add(
            request, vacancy, post_url_continue
        )

    def response_change(self, request, vacancy):
        return self._published(request, vacancy) or super().response_change(request, vacancy)

    def _published(self, request, vacancy):
        """Publish when that was the button, and come back to the advert."""
        if "_publish" not in request.POST:
            return None
        self._each(request, [vacancy], publish_vacancy, _since_when)
        return redirect("admin:vacancies_vacancy_change", vacancy.pk)

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request, vacancies):
        self._each(request, vacancies, publish_vacancy, _since_when)

    @admin.action(description="Close before the closing date", permissions=["change"])
    def close_selected(self, request, vacancies):
        self._each(request, vacancies, close_vacancy, lambda vacancy: "is closed.")

    @admin.action(description="Withdraw (cannot be undone)", permissions=["withdraw"])
    def withdraw_selected(self, request, vacancies):
        if "confirmed" not in request.POST:
            context = {**self.admin_site.each_context(request), "vacancies": vacancies}
            return TemplateResponse(request, "vacancies/admin/withdraw.html", context)
        return self._each(request, vacancies, withdraw_vacancy, lambda vacancy: "is withdrawn.")

    def _each(self, request, vacancies, action, outcome):
        """Do the action to each and say how it went, one message each; `outcome` words a success."""
        for vacancy in vacancies:
            link = format_html('<a href="{}">{}</a>', vacancy.get_absolute_url(), vacancy)
            try:
                done = action(vacancy=vacancy, by=request.user)
            except VacancyNotReady as error:
                words, level = " ".join(error.problems), messages.ERROR
            except InvalidTransition:
                state = vacancy.get_state_display().lower()
                words, level = f"is {state}, so this cannot be done.", messages.ERROR
            else:
                words, level = outcome(done), messages.SUCCESS
            self.message_user(request, format_html("{} {}", link, words), level)


def _since_when(vacancy):
    """Say whether the public sees a published vacancy now, or from when."""
    if vacancy.opens_on <= timezone.localdate():
        return "is published."
    first_day = date_format(vacancy.opens_on, "j F Y")
    return f"is published. The public sees it from {first_day}."

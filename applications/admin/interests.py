"""The register of interest for HR: to look through, to take away as a file, and to invite people from."""

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from applications.actions import invite_to_apply, note_register_seen
from applications.consent import CONSENT
from applications.exceptions import VacancyClosed
from applications.forms.interests import InviteForm
from applications.models import JobInterest
from applications.queries import reach_of
from applications.rules.interests import can_invite
from design_system.downloads import csv_download
from design_system.numbers import whole_number
from organisation.models import District, RoleFamily

HEADINGS = [
    "Name",
    "E-mail",
    "Phone",
    "Kinds of work",
    "Areas",
    "Hours",
    "Registration",
    "Note",
    "On the register until",
]


class FamilyFilter(admin.SimpleListFilter):
    title = "kind of work"
    parameter_name = "family"

    def lookups(self, request, model_admin):
        return RoleFamily.choices

    def queryset(self, request, queryset):
        return queryset.filter(families__contains=[self.value()]) if self.value() else queryset


class DistrictFilter(admin.SimpleListFilter):
    title = "area"
    parameter_name = "area"

    def lookups(self, request, model_admin):
        return [(str(row.pk), row.name) for row in District.objects.order_by("name")]

    def queryset(self, request, queryset):
        chosen = whole_number(self.value() or "")
        return queryset if chosen is None else queryset.filter(districts=chosen)


@admin.register(JobInterest)
class JobInterestAdmin(admin.ModelAdmin):
    """Who would like to hear of a job that fits. It belongs to them: HR reads it, and every look is noted."""

    list_display = [
        "person",
        "families_in_words",
        "districts_in_words",
        "hours",
        "registration",
        "ends_on",
    ]
    list_filter = [FamilyFilter, DistrictFilter, "hours", "registration"]
    list_select_related = ["person"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["invite", "take_away"]
    fields = [
        "person",
        "email",
        "phone",
        "families_in_words",
        "districts_in_words",
        "hours",
        "registration",
        "note",
        "agreed_to",
        "made_at",
        "ends_on",
    ]

    def get_queryset(self, request):
        found = super().get_queryset(request).current(timezone.localdate())
        return found.prefetch_related("districts")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False  # It is the person's own.

    def has_delete_permission(self, request, obj=None):
        return False

    def has_invite_permission(self, request):
        return can_invite(request.user)

    def get_actions(self, request):
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    @admin.display(description="e-mail")
    def email(self, interest):
        return interest.person.email

    @admin.display(description="kinds of work")
    def families_in_words(self, interest):
        return interest.families_in_words

    @admin.display(description="areas")
    def districts_in_words(self, interest):
        return interest.districts_in_words

    @admin.display(description="agreed to")
    def agreed_to(self, interest):
        return f"{CONSENT[interest.consent_version]} (words of {interest.consent_version})"

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", None) or {}
        if request.method == "GET" and "cl" in shown:
            note_register_seen(by=request.user, people=len(shown["cl"].result_list))
        return response

    def change_view(self, request, object_id, form_url="", extra_context=None):
        interest = self.get_object(request, object_id)
        if interest is not None and self.has_view_permission(request, interest):
            note_register_seen(by=request.user, people=1, interest=interest)
        return super().change_view(request, object_id, form_url, extra_context)

    @admin.action(description="Take the chosen away as a CSV file", permissions=["invite"])
    def take_away(self, request, queryset):
        chosen = list(queryset.select_related("person"))
        note_register_seen(by=request.user, people=len(chosen), exported=True)
        rows = [_cells(interest) for interest in chosen]
        return csv_download(f"Register of interest {timezone.localdate()}", HEADINGS, rows)

    @admin.action(description="Invite the chosen to apply for a job", permissions=["invite"])
    def invite(self, request, queryset):
        """Choose the job, see how many it would reach, and send."""
        if not self.has_invite_permission(request):
            raise Http404
        form = InviteForm(request.POST if "vacancy" in request.POST else None)
        reach = None
        if form.is_valid():
            vacancy = form.cleaned_data["vacancy"]
            if "send" in request.POST:
                self._send(request, queryset, vacancy)
                return redirect("admin:applications_jobinterest_changelist")
            reach = reach_of(queryset, vacancy, timezone.localdate())
        context = {
            **self.admin_site.each_context(request),
            "title": "Invite people to apply",
            "form": form,
            "reach": reach,
            "chosen": request.POST.getlist("_selected_action"),
            "across": request.POST.get("select_across", "0"),
            "number": queryset.count(),
        }
        return render(request, "applications/admin/interest_invite.html", context)

    def _send(self, request, queryset, vacancy):
        try:
            reach = invite_to_apply(interests=queryset, vacancy=vacancy, by=request.user)
        except VacancyClosed:
            self.message_user(request, f"{vacancy} takes no applications today.", messages.ERROR)
        else:
            people = "person has" if reach.number == 1 else "people have"
            words = f"{reach.number} {people} been invited to apply for {vacancy}."
            self.message_user(request, words, messages.SUCCESS)


def _cells(interest):
    return [
        interest.person.full_name,
        interest.person.email,
        interest.phone,
        interest.families_in_words,
        interest.districts_in_words,
        interest.get_hours_display(),
        interest.get_registration_display(),
        interest.note,
        str(interest.ends_on),
    ]

from django import forms
from django.contrib import admin

from accounts.models import User
from design_system.numbers import whole_number
from returners.actions import assign_enquiry, move_enquiry
from returners.models import Enquiry, RestorationRule
from returners.queries import enquiries_without_a_working_officer
from returners.rules import OFFICER, can_work_on_enquiry
from returners.states import ENQUIRY_TRANSITIONS, EnquiryState


class EnquiryAdminForm(forms.ModelForm):
    """The two things that change: who has the enquiry, and where it stands."""

    class Meta:
        model = Enquiry
        fields = ["officer", "state"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "officer" in self.fields:
            self.fields["officer"].queryset = User.objects.with_role(OFFICER)
            self.fields["officer"].required = self.instance.state != EnquiryState.NEW
            self.fields["state"].choices = self.states_to_choose_from()

    def states_to_choose_from(self):
        now = EnquiryState(self.instance.state)
        # The table's order is the order of the steps.
        following = [state for state in EnquiryState if state in ENQUIRY_TRANSITIONS[now]]
        return [(state.value, state.label) for state in (now, *following)]

    def clean(self):
        answers = super().clean()
        if answers.get("state") == EnquiryState.ASSIGNED and not answers.get("officer"):
            self.add_error("officer", "Choose the officer to assign it to.")
        return answers


class OfficerFilter(admin.SimpleListFilter):
    title = "officer"
    parameter_name = "officer"

    def lookups(self, request, model_admin):
        officers = User.objects.filter(returner_enquiries__isnull=False).distinct()
        return [
            ("mine", "Mine"),
            ("nobody", "Needs an officer"),
            *((officer.pk, str(officer)) for officer in officers),
        ]

    def queryset(self, request, enquiries):
        if self.value() == "nobody":
            return enquiries.filter(pk__in=enquiries_without_a_working_officer())
        mine = self.value() == "mine"
        officer = request.user.pk if mine else whole_number(self.value() or "")
        return enquiries if officer is None else enquiries.filter(officer=officer)


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin):
    """Enquiries as officers and HR see them: read, hand over, move along."""

    form = EnquiryAdminForm
    list_display = ["reference", "full_name", "lives_in", "state", "officer", "created_at"]
    list_display_links = ["reference", "full_name"]
    list_filter = ["state", OfficerFilter]
    list_select_related = ["officer"]
    search_fields = ["full_name", "email"]
    date_hierarchy = "created_at"
    readonly_fields = [
        "full_name",
        "email",
        "phone",
        "lives_in",
        "registration_status",
        "left_register_in",
        "message",
        "created_at",
        "agreed_to_contact_at",
        "keep_until",
    ]
    fieldsets = [
        ("Where it stands", {"fields": ["officer", "state"]}),
        ("What they told us", {"fields": readonly_fields}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False  # Enquiries are blanked on their end date, never deleted.

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return request.user.has_perm("returners.change_enquiry")
        return can_work_on_enquiry(request.user, obj)

    def save_model(self, request, enquiry, form, change):
        changed, wanted = form.changed_data, form.cleaned_data
        if "officer" in changed:
            enquiry = assign_enquiry(enquiry=enquiry, officer=wanted["officer"], by=request.user)
            # Assigning a new enquiry moves it on by itself.
            if wanted["state"] == enquiry.state or wanted["state"] == EnquiryState.NEW:
                return
        if "state" in changed:
            move_enquiry(enquiry=enquiry, to=wanted["state"], by=request.user)


@admin.register(RestorationRule)
class RestorationRuleAdmin(admin.ModelAdmin):
    list_display = ["time_away", "days", "hours_per_day", "starts_on", "ends_on", "as_at"]

from django import forms
from django.contrib import admin

from accounts.actions import change_roles, create_person
from accounts.admin.erasing import erase_chosen
from accounts.models import AuditEvent, User
from accounts.registries import confidential_events, named_in_audit
from accounts.roles import GRANTED_ROLES


class PersonForm(forms.ModelForm):
    """A person as HR sees them: roles as ticks."""

    roles = forms.MultipleChoiceField(
        choices=GRANTED_ROLES, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ["email", "full_name", "roles", "directory_subject", "is_active"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_directory_subject(self):
        return self.cleaned_data["directory_subject"] or None


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    form = PersonForm
    change_form_template = "accounts/admin/person_change.html"
    list_display = ["full_name", "email", "role_list", "is_active", "joined_at"]
    list_filter = ["is_active"]
    search_fields = ["full_name", "email"]
    actions = ["erase_selected"]

    @admin.display(description="roles")
    def role_list(self, person):
        names = dict(GRANTED_ROLES)
        return ", ".join(names[name] for name in person.roles) or "–"

    def has_add_permission(self, request):
        return request.user.has_perm("accounts.change_user")

    def has_delete_permission(self, request, obj=None):
        return False  # People are erased, never deleted: their rows are referred to.

    def get_readonly_fields(self, request, obj=None):
        # Nobody changes their own roles, and an address in use is changed by its owner.
        if obj is None:
            return []
        return ["email", "roles"] if obj == request.user else ["email"]

    def save_model(self, request, person, form, change):
        if not change:
            made = create_person(by=request.user, **self._new_fields(form))
            person.pk = made.pk
            return
        if "roles" in form.changed_data:
            change_roles(person=person, roles=form.cleaned_data["roles"], by=request.user)
        person.save(update_fields=["full_name", "directory_subject", "is_active"])

    def _new_fields(self, form):
        names = ["email", "full_name", "roles", "directory_subject"]
        return {name: form.cleaned_data[name] for name in names}

    @admin.action(description="Erase the selected people", permissions=["erase"])
    def erase_selected(self, request, people):
        return erase_chosen(self, request, people)

    def has_erase_permission(self, request):
        return request.user.has_perm("accounts.erase_user")


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """What happened, read only."""

    list_display = ["at", "event", "subject_type", "subject_id", "by"]
    list_filter = ["event"]
    list_select_related = ["by"]
    search_fields = ["=subject_id"]
    search_help_text = "The reference of an application, such as A-7KQ4XP, or the number of a row."
    show_full_result_count = False

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        named = {}
        for find in named_in_audit:
            for label, key in find(search_term.strip()):
                named.setdefault(label, []).append(str(key))
        for label, keys in named.items():
            found |= queryset.filter(subject_type=label, subject_id__in=keys)
        return found, may_repeat

    def get_queryset(self, request):
        events = super().get_queryset(request)
        if request.user.is_superuser:
            return events
        return events.exclude(event__in=confidential_events)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

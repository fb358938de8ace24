"""Who may do what: every role of the portal on one page.

A permission is Django's own string, `app.verb_model`, or one of ours, such as
`vacancies.publish_vacancy`; `*` stands for any. Granted roles are given by HR; standing roles follow
from a fact (managing somebody, working here) and cannot be given.
"""

from fnmatch import fnmatchcase


class Role:
    name = ""
    display_name = ""
    description = ""
    permissions = ()
    uses_admin = False
    needs_second_factor = True
    granted = True


class HRAdmin(Role):
    name = "hr_admin"
    display_name = "HR admin"
    description = "Runs vacancies, applications, the staff register and messages in the admin."
    uses_admin = True
    permissions = (
        "accounts.view_*",
        "accounts.change_user",
        "accounts.erase_user",
        "accounts.add_retentionperiod",
        "accounts.change_retentionperiod",
        "accounts.place_legalhold",
        "accounts.make_accesspack",
        "notifications.*",
        "organisation.*",
        "training.*",
        "vacancies.*",
        "applications.*",
        "returners.*",
        "careers.*",
    )


class HiringManager(Role):
    name = "hiring_manager"
    display_name = "Hiring manager"
    description = "Writes adverts, sends them to HR, and sees how many people have applied."
    permissions = ("vacancies.view_vacancy", "vacancies.draft_vacancy")


class PanelMember(Role):
    name = "panel_member"
    display_name = "Panel member"
    description = "Shortlists and interviews for the vacancies they are on the panel of."
    permissions = ("vacancies.view_vacancy",)


class DisclosureReader(Role):
    name = "disclosure_reader"
    display_name = "Reader of self-declarations"
    description = (
        "Reads the self-declarations for the vacancies they are named for, outside the panel."
    )
    permissions = ("vacancies.view_vacancy",)


class WorkforceDevelopmentOfficer(Role):
    name = "workforce_development_officer"
    display_name = "Workforce development officer"
    description = "Runs training, nominations and programmes, and guides people returning."
    uses_admin = True
    permissions = (
        "training.*",
        "returners.*",
        "organisation.view_*",
        "accounts.view_user",
    )


class PracticeEducator(Role):
    name = "practice_educator"
    display_name = "Practice educator"
    description = "Supports students and newly qualified social workers in practice."
    permissions = ("training.view_session",)


class Trainer(Role):
    name = "trainer"
    display_name = "Trainer"
    description = "Runs training sessions and sees who is coming to their own."
    permissions = ("training.view_session",)


class LineManager(Role):
    name = "line_manager"
    display_name = "Line manager"
    description = "Sees their team's development and nominates people."
    permissions = ("training.nominate_report",)
    needs_second_factor = False
    granted = False


class Staff(Role):
    name = "staff"
    display_name = "Staff"
    description = "Works here: books training and has five development days a year."
    permissions = ("training.book_session",)
    needs_second_factor = False
    granted = False


class Returner(Role):
    name = "returner"
    display_name = "Person returning to social work"
    description = "Has agreed a package to come back to social work: books the training it needs."
    permissions = ("training.book_session",)
    needs_second_factor = False
    granted = False


class JobSeeker(Role):
    name = "job_seeker"
    display_name = "Job seeker"
    description = "Anyone with an account: applies for jobs and sees where they stand."
    permissions = ("applications.apply",)
    needs_second_factor = False
    granted = False


ROLES = {
    role.name: role
    for role in (
        HRAdmin,
        HiringManager,
        PanelMember,
        DisclosureReader,
        WorkforceDevelopmentOfficer,
        PracticeEducator,
        Trainer,
        LineManager,
        Staff,
        Returner,
        JobSeeker,
    )
}

GRANTED_ROLES = [(role.name, role.display_name) for role in ROLES.values() if role.granted]


def permits(role_names, permission):
    """Say whether any of the roles holds `permission`, such as "vacancies.publish_vacancy"."""
    return any(
        fnmatchcase(permission, pattern)
        for name in role_names
        for pattern in ROLES[name].permissions
    )


def opens_app(role_names, app_label):
    """Say whether any of the roles holds some permission in the app `app_label`."""
    return any(
        pattern.startswith(f"{app_label}.")
        for name in role_names
        for pattern in ROLES[name].permissions
    )

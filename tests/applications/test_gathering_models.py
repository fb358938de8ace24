"""Each kind of row of this app is in the pack of whom it is about, or stands here with the reason why not."""

from django.apps import apps

from applications.gathered import KINDS, LEFT_OUT
from applications.gathering import belongs
from applications.models import Application

# Gathered beside applications: see gather_interest and gather_panels.
OF_THE_PERSON = {
    "DisclosureReader",
    "JobInterest",
    "JobInvitation",
    "PanelMember",
    "SavedVacancyNudge",
}
ABOUT_NOBODY = {
    "BulkAction": "what HR did to several; what it meant for one application is a BulkRow",
    "CheckKind": "the same for everybody",
    "InterviewQuestion": "the same for everybody; what was said to it hangs on a sheet",
    "InterviewRound": "the same for everybody; an invitation leads to it",
    "InterviewScheme": "the same for everybody; a choice leads to it",
    "InterviewSlot": "a time; the booking of somebody leads to it",
    "MessageTemplate": "the same for everybody; what was sent is an ApplicationMessage",
    "RequiredCheck": "the same for everybody",
}


def of_an_application():
    found, waiting = set(), [Application]
    while waiting:
        for relation in waiting.pop()._meta.get_fields(include_hidden=True):
            if belongs(relation) and relation.related_model not in found:
                found.add(relation.related_model)
                waiting.append(relation.related_model)
    return {model.__name__ for model in found}


def test_every_model_of_the_app_is_gathered_or_left_out_for_a_reason():
    models = {
        model.__name__
        for model in apps.get_app_config("applications").get_models()
        if not hasattr(model, "pgh_tracked_model")
    }

    assert models == {"Application"} | set(KINDS) | set(LEFT_OUT) | OF_THE_PERSON | set(
        ABOUT_NOBODY
    )


def test_what_is_found_by_its_key_is_what_has_a_title():
    assert of_an_application() == set(KINDS)

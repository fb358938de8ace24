"""What goes into a pack of everything held about a person."""

from accounts.models import ThirdPartyChoice
from accounts.registries import gather


def sections_about(person, *, is_own):
    """Yield every Section held about a person over all apps; what is private only for their own pack."""
    for find in gather:
        for found in find(person):
            if is_own or not found.is_private:
                yield found


def parts_let_in(person):
    """Return the names of the texts by others that HR has let into the packs of a person."""
    choices = ThirdPartyChoice.objects.filter(person=person, is_included=True)
    return set(choices.values_list("part", flat=True))


def parts_to_review(person):
    """Return each text by others about a person, with what HR has said of it or None."""
    choices = {choice.part: choice for choice in ThirdPartyChoice.objects.filter(person=person)}
    return [
        (found, choices.get(found.part))
        for found in sections_about(person, is_own=False)
        if found.part
    ]

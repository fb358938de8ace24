"""What an application may begin with: an earlier one of the same person."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from applications.models import Application, SectionSave


def earlier_applications(person, but=None):
    """Return the person's own applications whose answers can be copied, the latest first.

    Drafts and sent ones, however they ended, as long as their words are kept; not `but`.
    """
    saved = SectionSave.objects.filter(application=OuterRef("pk"), is_copied=False)
    return (
        Application.objects.of(person)
        .filter(Exists(saved), blanked_at__isnull=True)
        .exclude(pk=but and but.pk)
        .select_related("vacancy")
        .order_by(Coalesce("submitted_at", "started_at").desc(), "-pk")[
            : settings.EARLIER_APPLICATIONS_OFFERED
        ]
    )

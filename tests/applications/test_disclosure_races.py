"""Two things at once around self-declarations, with real threads and a real database."""

import pytest

from applications.actions import name_reader, open_declaration, put_on_panel, save_declaration
from applications.exceptions import DoneMeanwhile, NotAReader, NotForThePanel
from applications.models import Declaration, DeclarationVersion, DisclosureReader, PanelMember
from tests.applications.test_races import at_once
from tests.factories.accounts import HRAdminFactory
from tests.factories.disclosure import (
    NOTHING,
    SOMETHING,
    DisclosureReaderFactory,
    ReadingPersonFactory,
    at_interview,
    declares,
    readers_for,
)
from tests.factories.shortlisting import PanelistFactory
from tests.factories.vacancies import ClosedVacancyFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_name_the_last_reader_at_once():
    vacancy, hr = ClosedVacancyFactory(), HRAdminFactory()
    DisclosureReaderFactory(vacancy=vacancy)
    people = [ReadingPersonFactory(), ReadingPersonFactory()]

    results = at_once(
        *(
            lambda person=person: name_reader(
                vacancy=vacancy, person=person, job_title="Head of service", by=hr
            )
            for person in people
        )
    )

    assert sorted(type(result).__name__ for result in results) == ["DisclosureReader", "NotAReader"]
    assert DisclosureReader.objects.serving().count() == 2


def test_nobody_is_named_a_reader_and_put_on_the_panel_at_once():
    vacancy, hr = ClosedVacancyFactory(), HRAdminFactory()
    person = PanelistFactory(roles=["panel_member", "disclosure_reader"])

    results = at_once(
        lambda: name_reader(vacancy=vacancy, person=person, job_title="Head", by=hr),
        lambda: put_on_panel(vacancy=vacancy, person=person, is_lead=False, by=hr),
    )

    refused = [row for row in results if isinstance(row, NotAReader | NotForThePanel)]
    assert len(refused) == 1
    assert DisclosureReader.objects.count() + PanelMember.objects.count() == 1


def test_a_correction_and_the_first_opening_at_once_leave_one_version_that_was_read():
    application = at_interview()
    reader, _ = readers_for(application.vacancy)
    declaration = declares(application, NOTHING)

    results = at_once(
        lambda: save_declaration(
            application=application,
            answers=SOMETHING,
            version=1,
            by=application.applicant,
            send=True,
        ),
        lambda: open_declaration(declaration=declaration, by=reader.person).number,
    )

    versions = DeclarationVersion.objects.filter(sent_at__isnull=False).count()
    read = 1 if isinstance(results[0], DoneMeanwhile) else 2
    assert (versions, results[1]) == (read, read)
    assert Declaration.objects.get().state == "read"

import pytest

from accounts.states import InvalidTransition
from applications.states import ApplicationState
from tests.factories.applications import ApplicationFactory
from tests.factories.notifications import MessageFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "label", "new_state"),
    [
        (lambda: MessageFactory(to="canary@example.org", state="failed"), "Message", "queued"),
        (lambda: ApplicationFactory(full_name="Canary"), "Application", ApplicationState.HIRED),
    ],
)
def test_a_refused_move_names_the_row_by_its_key_alone(make, label, new_state):
    row = make()

    with pytest.raises(InvalidTransition) as refused:
        row.move_to(new_state)

    words = f"{row.state} cannot become {new_state}: {row._meta.app_label}.{label} {row.pk}"
    assert str(refused.value) == words

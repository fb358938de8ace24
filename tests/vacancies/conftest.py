from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest


@pytest.fixture
def today(time_machine):
    """A Wednesday at noon in London."""
    time_machine.move_to(datetime(2026, 3, 11, 12, tzinfo=ZoneInfo("Europe/London")), tick=False)
    return date(2026, 3, 11)

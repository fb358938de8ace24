from training.forms.bookings import (
    BookPlaceForm,
    CalledAwayForm,
    ProposeSwapForm,
    TellMeForm,
)
from training.forms.nominations import (
    FOR_A_SESSION,
    FOR_AN_INTAKE,
    NominationForm,
    PutForwardForm,
)
from training.forms.rounds import RequestPlaceForm
from training.forms.search import CourseSearchForm

__all__ = [
    "FOR_AN_INTAKE",
    "FOR_A_SESSION",
    "BookPlaceForm",
    "CalledAwayForm",
    "CourseSearchForm",
    "NominationForm",
    "ProposeSwapForm",
    "PutForwardForm",
    "RequestPlaceForm",
    "TellMeForm",
]

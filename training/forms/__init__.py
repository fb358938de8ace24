from training.forms.attending import (
    CertificateForm,
    EvaluationForm,
    SignInForm,
    marks_changed,
)
from training.forms.bookings import (
    BookPlaceForm,
    CalledAwayForm,
    ProposeSwapForm,
    TellMeForm,
)
from training.forms.cpd import CPDPieceForm
from training.forms.nominations import (
    FOR_A_SESSION,
    FOR_AN_INTAKE,
    NominationForm,
    PutForwardForm,
)
from training.forms.search import CourseSearchForm

__all__ = [
    "FOR_AN_INTAKE",
    "FOR_A_SESSION",
    "BookPlaceForm",
    "CPDPieceForm",
    "CalledAwayForm",
    "CertificateForm",
    "CourseSearchForm",
    "EvaluationForm",
    "NominationForm",
    "ProposeSwapForm",
    "PutForwardForm",
    "SignInForm",
    "TellMeForm",
    "marks_changed",
]

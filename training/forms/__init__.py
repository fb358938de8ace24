from training.forms.attended import AnswerForm, AttendedForm
from training.forms.attending import CertificateForm, EvaluationForm, SignInForm, marks_changed
from training.forms.bookings import BookPlaceForm, CalledAwayForm, ProposeSwapForm, TellMeForm
from training.forms.cpd import CPDPieceForm
from training.forms.nominations import FOR_A_SESSION, FOR_AN_INTAKE, NominationForm, PutForwardForm
from training.forms.outside import (
    OutcomeForm,
    OutsideCourseForm,
    OutsideStartForm,
    ReviewSearchForm,
)
from training.forms.outside_deciding import (
    ApproveOutsideForm,
    ConfirmForm,
    DeclineAskedForm,
    QuestionForm,
)
from training.forms.rounds import RequestPlaceForm
from training.forms.search import CourseSearchForm

__all__ = [
    "FOR_AN_INTAKE",
    "FOR_A_SESSION",
    "AnswerForm",
    "ApproveOutsideForm",
    "AttendedForm",
    "BookPlaceForm",
    "CPDPieceForm",
    "CalledAwayForm",
    "CertificateForm",
    "ConfirmForm",
    "CourseSearchForm",
    "DeclineAskedForm",
    "EvaluationForm",
    "NominationForm",
    "OutcomeForm",
    "OutsideCourseForm",
    "OutsideStartForm",
    "ProposeSwapForm",
    "PutForwardForm",
    "QuestionForm",
    "RequestPlaceForm",
    "ReviewSearchForm",
    "SignInForm",
    "TellMeForm",
    "marks_changed",
]

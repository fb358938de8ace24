"""Everybody the portal knows, and one of each thing that belongs to somebody."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import AccessPack, DeletionRecord
from applications.models import (
    BulkAction,
    CheckKind,
    InterviewDecision,
    MessageTemplate,
    RegistrationCheck,
    RequiredCheck,
    RiskAssessment,
    ShortlistDecision,
)
from applications.states import ApplicationState
from notifications.models import DemoMail, MailStop, SuppressedAddress
from organisation.models import Absence, BankHoliday, Outcode, Place, Post, RegisterImport
from returners.states import EnquiryState
from tests.access.rows import kwargs_of_rows
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.alerts import AwaitingAlertFactory
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    SentApplicationFactory,
)
from tests.factories.attending import AttendedFactory, CPDPieceFactory
from tests.factories.careers import EventFactory, FigureFactory, PublishedStoryFactory
from tests.factories.checks import offered
from tests.factories.disclosure import at_interview, declares, readers_for
from tests.factories.interests import JobInterestFactory
from tests.factories.interviews import held, mark, round_of
from tests.factories.keeping import LegalHoldFactory, RetentionPeriodFactory
from tests.factories.notifications import MessageFactory
from tests.factories.organisation import StaffMemberFactory, TeamFactory
from tests.factories.outside import (
    AttendedElsewhereFactory,
    BudgetLineFactory,
    OutsideCourseFactory,
    OutsideReviewFactory,
)
from tests.factories.references import ReferenceFactory, ReferenceRequestFactory, link_to
from tests.factories.returners import EnquiryFactory, RestorationRuleFactory
from tests.factories.rounds import FairRoundFactory
from tests.factories.shortlisting import (
    PanelMemberFactory,
    give,
    in_shortlisting,
    vacancy_with_criteria,
)
from tests.factories.training import (
    BookingFactory,
    IntakeFactory,
    NominationFactory,
    SessionFactory,
    SwapProposalFactory,
)
from tests.factories.vacancies import LiveVacancyFactory
from tests.factories.vacancy_figures import CampaignFactory, ImportRunFactory
from tests.factories.vacancy_parts import ChatBookingFactory
from training.models import AllowancePolicy, Evidence, Room, Series
from training.states import BookingState
from vacancies import alert_links
from vacancies.models import AlertRun, SearchSynonym
from vacancies.signed_links import chat_path

PERSONAS = [
    "visitor",
    "job seeker",
    "another job seeker",
    "returner",
    "staff",
    "leaver",
    "trainer",
    "practice educator",
    "line manager",
    "former manager",
    "another team's manager",
    "hiring manager",
    "panel member",
    "another vacancy's panel",
    "officer",
    "HR",
    "superuser",
]

# The pages of an advert that are its hiring manager's.
OWN_ADVERT = [
    "vacancies:advert",
    "vacancies:advert-check",
    "vacancies:advert-take-back",
    "vacancies:advert-copy",
]

# What can be done with a booking, and with a swap, by the person it belongs to.
OF_A_BOOKING = [
    "training:offer-accept",
    "training:offer-decline",
    "training:booking-called-away",
    "training:booking-other-dates",
    "training:booking-swap",
]
OF_A_ROUND = [
    "training:round-detail",
    "training:round-request",
    "training:round-draw",
    "admin:training_fairround_call_off",
]
# What officers do with one session, each on a page of its own.
OF_A_SESSION = [
    "admin:training_session_decide",
    "admin:training_session_book_list",
    "admin:training_session_attendance_list",
]
# Outside courses and what was attended elsewhere: pages of the person, and of who decides.
OF_AN_OUTSIDE_COURSE = [
    "training:outside-detail",
    "training:outside-withdraw",
    "training:outside-outcome",
    "training:outside-decide",
    "admin:training_outsidecourse_decide",
]
OF_WHAT_WAS_ATTENDED = [
    "training:attended-detail",
    "training:attended-withdraw",
    "training:attended-decide",
]
# What comes after it, which belongs to the person too.
OF_AN_ATTENDED_BOOKING = ["training:booking-certificate", "training:booking-evaluate"]
# What whoever runs a session does with it, and signing in to it.
OF_RUNNING_A_SESSION = [
    "training:session-attendance",
    "training:session-code",
    "training:session-evaluations",
    "training:session-sheet",
    "training:session-sign-in",
]
OF_A_CPD_PIECE = [
    "training:cpd-piece-change",
    "training:cpd-piece-delete",
    "training:cpd-piece-entered",
]
APPLICANT_OF_OFFER = ["offer", "offer-answer", "offer-ask", "offer-letter"]
OF_A_SWAP = ["training:swap-accept", "training:swap-decline", "training:swap-withdraw"]


class World:
    """The people by persona, and `kwargs` for each address that names a thing.

    The application and its CV belong to the job seeker, the booking and the nomination to the member
    of staff, whose manager made the nomination.
    """

    def __init__(self):
        self.people = people()
        self.make_things()

    def make_things(self):
        owner, staff = self.people["job seeker"], self.people["staff"]
        manager = self.people["line manager"]
        hiring = self.people["hiring manager"]
        self.vacancy = LiveVacancyFactory(hiring_manager=hiring, takes_cv=True)
        self.chat = ChatBookingFactory(slot__vacancy=self.vacancy, slot__host=hiring)
        self.alert = AwaitingAlertFactory()
        self.draft = ApplicationFactory(
            applicant=owner, vacancy=self.vacancy, state=ApplicationState.DRAFT
        )
        self.rows = kwargs_of_rows(self.draft)
        self.sent = SentApplicationFactory(applicant=owner, vacancy=LiveVacancyFactory())
        self.document = DocumentFactory(application=self.sent)
        self.make_shortlisting()
        self.make_offer()
        self.make_checks(owner)
        self.make_interview()
        self.make_references()
        self.own_pack, self.hr_pack = packs_of(owner, self.people["HR"])
        self.hold = LegalHoldFactory(held_by=self.people["HR"])
        self.make_disclosure()
        self.session = SessionFactory(trainer=self.people["trainer"])
        self.booking = BookingFactory(person=staff)
        self.swap = SwapProposalFactory(
            booking__person=self.people["line manager"], waiting__person=staff
        )
        self.held = BookingFactory(
            person=staff, state=BookingState.HELD, answer_by=timezone.now() + timedelta(days=1)
        )
        self.attended_booking = AttendedFactory(person=staff, session=SessionFactory())
        self.cpd_piece = CPDPieceFactory(person=staff)
        self.nomination = NominationFactory(nominee=staff, nominated_by=manager)
        self.intake = IntakeFactory()
        self.round = FairRoundFactory()
        self.outside = OutsideCourseFactory(
            person=staff, starts_at=timezone.now() + timedelta(days=40)
        )
        self.review = OutsideReviewFactory()
        self.attended = AttendedElsewhereFactory(person=staff)
        self.evidence = Evidence.objects.create(
            attended=self.attended,
            original_name="ticket.pdf",
            file=SimpleUploadedFile("ticket.pdf", b"%PDF-1.4 %%EOF"),
            size=14,
            content_type="application/pdf",
            sha256="0" * 64,
        )
        self.budget_line = BudgetLineFactory()
        self.story = PublishedStoryFactory()
        self.mail = DemoMail.objects.create(
            to="a@example.org",
            subject="A letter",
            text="Hello",
            html="<p>Hello</p>",
            attachments=[{"filename": "a.ics", "content": "BEGIN:VCALENDAR"}],
        )
        self.bulk = BulkAction.objects.create(made_by=self.people["HR"])
        self.message_template = MessageTemplate.objects.create(
            name="Thanks", subject="Thank you", words="Thank you, {first_name}."
        )
        self.import_run = ImportRunFactory(uploaded_by=self.people["HR"])
        self.register_import = RegisterImport.objects.create(
            original_name="staff.csv", uploaded_by=self.people["HR"]
        )
        self.campaign = CampaignFactory()
        self.things = things(self)

    def make_offer(self):
        """An offer to the job seeker, with a question about it."""
        self.offered = SentApplicationFactory(
            applicant=self.people["job seeker"],
            vacancy=LiveVacancyFactory(),
            state=ApplicationState.OFFERED,
        )
        self.offer = self.offered.offers.get()
        self.offer_question = self.offer.questions.create(words="When could I start?")
        self.at_interview = SentApplicationFactory(
            vacancy=LiveVacancyFactory(), state=ApplicationState.INTERVIEW
        )

    def make_shortlisting(self):
        """A vacancy on whose panel the panel member is, with an application read by all."""
        self.panel_vacancy = vacancy_with_criteria()
        member = PanelMemberFactory(
            vacancy=self.panel_vacancy, person=self.people["panel member"], is_lead=True
        )
        PanelMemberFactory(person=self.people["another vacancy's panel"])
        self.shortlisted = in_shortlisting(self.panel_vacancy)
        give(member, self.shortlisted, 1)
        give(PanelMemberFactory(vacancy=self.panel_vacancy), self.shortlisted, 4)
        self.shortlist_decision = ShortlistDecision.objects.create(
            application=self.shortlisted, outcome="interview", proposed_by=member.person
        )

    def make_checks(self, owner):
        """An offer to the job seeker with its checks, and one to somebody who has been appointed."""
        self.offered = offered(applicant=owner, registered=False)
        self.near_name = RegistrationCheck.objects.create(
            application=self.offered,
            number="SW999001",
            name="Near",
            status="Registered",
            is_registered=True,
            looked_on=timezone.localdate(),
            looked_by=self.people["HR"],
        )
        self.appointed = SentApplicationFactory(state=ApplicationState.HIRED)

    def make_interview(self):
        """A round of another vacancy that the panel member interviews in, which the job seeker has chosen."""
        vacancy = vacancy_with_criteria()
        members = [
            PanelMemberFactory(vacancy=vacancy, person=self.people["panel member"], is_lead=True),
            PanelMemberFactory(vacancy=vacancy),
        ]
        self.interview_round = round_of(vacancy)
        self.interview = held(self.interview_round, applicant=self.people["job seeker"])
        for member, points in zip(members, (1, 4), strict=True):
            mark(member, self.interview, points)
        self.interview_decision = InterviewDecision.objects.create(
            application=self.interview.application, outcome="offer"
        )

    def make_references(self):
        """One that the job seeker's referee is asked for, one that came, and one before an interview."""
        self.asked = ReferenceRequestFactory(application=self.sent)
        self.reference_token = link_to(self.asked)
        self.reference = ReferenceFactory()
        self.at_interview = SentApplicationFactory(
            vacancy=self.panel_vacancy, state=ApplicationState.INTERVIEW
        )

    def make_disclosure(self):
        """The job seeker's application at interview: what was told and found about it is the readers'."""
        self.told = at_interview(applicant=self.people["job seeker"])
        self.reader = readers_for(self.told.vacancy)[0]
        declares(self.told)
        self.assessment = RiskAssessment.objects.create(
            application=self.told,
            about="dbs",
            state="shared",
            summary="We would like to hear more.",
            shared_at=timezone.now(),
            shared_by=self.reader.person,
            reply_by=timezone.localdate(),
        )

    def kwargs(self, name):
        """Return what the address `name` (with its namespace) needs to be reversed."""
        draft = {"reference": self.draft.reference}
        sent = {"reference": self.sent.reference}
        return {
            "careers:campaign-detail": {"slug": self.campaign.slug},
            "careers:story-detail": {"slug": self.story.slug},
            "vacancies:vacancy-detail": {"reference": self.vacancy.reference},
            "vacancies:in-capitals": {"typed": self.vacancy.reference.lower()},
            "api:vacancy-detail": {"reference": self.vacancy.reference},
            "api:not-found": {"rest": "nothing"},
            **{name: {"reference": self.vacancy.reference} for name in OWN_ADVERT},
            "vacancies:advert-step": {"reference": self.vacancy.reference, "step": "words"},
            "admin:vacancies_vacancy_do": {"pk": self.vacancy.pk, "verb": "extend"},
            "admin:applications_application_fill": {"vacancy_pk": self.vacancy.pk},
            "vacancies:vacancy-save": {"reference": self.vacancy.reference},
            "vacancies:vacancy-unsave": {"reference": self.vacancy.reference},
            "vacancies:vacancy-nudges": {"reference": self.vacancy.reference},
            "vacancies:chat-list": {"reference": self.vacancy.reference},
            "vacancies:chat-manage": {"reference": self.vacancy.reference},
            "vacancies:chat-remove": {
                "reference": self.vacancy.reference,
                "pk": self.chat.slot_id,
            },
            "vacancies:chat-booking": {"token": chat_path(self.chat).split("/")[-2]},
            **alert_kwargs(self.alert),
            "applications:application-start": {"reference": self.vacancy.reference},
            "applications:application-detail": sent,
            "applications:application-section": {**draft, "name": "contact"},
            **self.rows,
            "applications:application-answers": sent,
            "applications:application-looks": sent,
            "applications:application-copy": draft,
            "applications:application-cv": draft,
            "applications:application-cv-remove": draft,
            "applications:application-check": draft,
            "applications:application-cv-again": sent,
            "applications:application-equality": draft,
            "applications:application-equality-questions": draft,
            "applications:draft-delete": draft,
            "applications:application-typed": draft,
            "applications:application-typed-drop": draft,
            "applications:application-submitted": sent,
            "applications:application-withdraw-undo": sent,
            "applications:application-withdraw": sent,
            "applications:document-download": {**sent, "pk": self.document.pk},
            "training:course-detail": {"slug": self.session.course.slug},
            "training:session-detail": {"pk": self.session.pk},
            "training:session-book": {"pk": self.session.pk},
            "training:session-wait": {"pk": self.session.pk},
            "training:booking-decide": {"pk": self.held.pk},
            "training:team-offer-dates": {"pk": self.held.person.staff_member.pk},
            "training:booking-cancel": {"pk": self.booking.pk},
            "training:booking-calendar": {"pk": self.booking.pk},
            **{name: {"pk": self.booking.pk} for name in OF_A_BOOKING},
            **{name: {"pk": self.swap.pk} for name in OF_A_SWAP},
            **{name: {"pk": self.round.pk} for name in OF_A_ROUND},
            **{name: {"pk": self.outside.pk} for name in OF_AN_OUTSIDE_COURSE},
            **{name: {"pk": self.attended.pk} for name in OF_WHAT_WAS_ATTENDED},
            "training:attended-evidence": {"pk": self.evidence.pk},
            **{name: {"pk": self.attended_booking.pk} for name in OF_AN_ATTENDED_BOOKING},
            **{name: {"pk": self.session.pk} for name in OF_RUNNING_A_SESSION},
            **{name: {"pk": self.cpd_piece.pk} for name in OF_A_CPD_PIECE},
            "training:course-interest": {"slug": self.session.course.slug},
            "training:course-interest-withdraw": {"slug": self.session.course.slug},
            "training:calendar-feed": {"secret": "nobody-has-this"},
            "training:nomination-withdraw": {"pk": self.nomination.pk},
            "notifications:demo-mail": {"pk": self.mail.pk},
            "notifications:demo-mail-html": {"pk": self.mail.pk},
            "notifications:demo-mail-attachment": {"pk": self.mail.pk, "number": 0},
            "admin:applications_application_move": {"pk": self.sent.pk},
            "admin:applications_application_enter": {"vacancy_pk": self.vacancy.pk},
            "admin:applications_refusal_undo": {"pk": self.sent.pk},
            "admin:applications_withdrawal_note": {"pk": self.sent.pk},
            "admin:applications_withdrawal_undo": {"pk": self.sent.pk},
            "admin:applications_bulk": {"pk": self.bulk.pk},
            "admin:applications_message": {"pk": self.sent.pk},
            **panel_kwargs(self),
            **offer_kwargs(self),
            **checks_kwargs(self),
            **interview_kwargs(self),
            **reference_kwargs(self),
            **data_protection_kwargs(self),
            **disclosure_kwargs(self),
            "admin:training_nomination_enrol": {"pk": self.nomination.pk},
            "admin:training_nomination_decline": {"pk": self.nomination.pk},
            "admin:training_dates": {"pk": self.people["staff"].pk},
            **{name: {"pk": self.session.pk} for name in OF_A_SESSION},
            "admin:vacancies_importrun_import": {"pk": self.import_run.pk},
            "admin:vacancies_importrun_problems": {"pk": self.import_run.pk},
            "admin:organisation_registerimport_import": {"pk": self.register_import.pk},
            "admin:organisation_registerimport_problems": {"pk": self.register_import.pk},
            "admin:organisation_registerimport_missing": {"pk": self.register_import.pk},
            "admin:vacancies_campaign_figures": {"pk": self.campaign.pk},
            "openid_connect_login": {"provider_id": "council"},
            "openid_connect_callback": {"provider_id": "council"},
        }.get(name, {})


def offer_kwargs(world):
    """What the pages of offers need: those of the applicant and those of HR."""
    mine = {"reference": world.offered.reference}
    of_hr = ("", "_correct", "_withdraw", "_lapse", "_note_answer", "_confirm", "_early")
    return {
        **{f"applications:{name}": mine for name in APPLICANT_OF_OFFER},
        **{f"admin:applications_offer{name}": {"pk": world.offer.pk} for name in of_hr},
        "admin:applications_offer_move_start": {"pk": world.offer.pk},
        "admin:applications_offer_cancel_start": {"pk": world.offer.pk},
        "admin:applications_offer_make": {"pk": world.at_interview.pk},
        "admin:applications_offer_question": {"pk": world.offer_question.pk},
    }


def panel_kwargs(world):
    """What the pages of the shortlisting need: of the vacancy that the panel member is on."""
    vacancy = {"reference": world.panel_vacancy.reference}
    application = {**vacancy, "code": world.shortlisted.code}
    sheet = world.shortlisted.score_sheets.first()
    return {
        **{
            f"applications:panel-{name}": vacancy
            for name in ("vacancy", "download", "table", "table-download")
        },
        **{
            f"applications:panel-{name}": application
            for name in ("application", "print", "conflict")
        },
        "applications:panel-second-read": {**application, "pk": sheet.scores.first().pk},
        "admin:applications_panel": {"pk": world.panel_vacancy.pk},
        "admin:applications_panel_remove": {"pk": sheet.member_id},
        "admin:applications_shortlist": {"pk": world.panel_vacancy.pk},
        "admin:applications_scores": {"pk": world.shortlisted.pk},
        "admin:applications_sheet_reopen": {"pk": sheet.pk},
        "admin:applications_decision_undo": {"pk": world.shortlist_decision.pk},
    }


def checks_kwargs(world):
    """What the pages about checks before somebody starts need."""
    check = world.offered.checks.first()
    return {
        "applications:registration-number": {"reference": world.offered.reference},
        "admin:applications_checks_of": {"pk": world.offered.pk},
        "admin:applications_check_step": {"pk": check.pk, "step": "seen"},
        "admin:applications_ledger_name": {"pk": world.near_name.pk},
        "admin:applications_inspection_file": {"pk": world.appointed.pk},
    }


def interview_kwargs(world):
    """What the pages around interviews need: of the round that the job seeker has chosen a time in."""
    booking, found = world.interview, world.interview_round
    application = booking.application
    mine = {"reference": application.reference}
    invited = {"pk": application.interview_invitations.get().pk}
    member = {"reference": found.vacancy.reference, "code": application.code}
    sheet = application.interview_sheets.first()
    slot = found.slots.exclude(pk=booking.slot_id).first()
    admin = {
        "interviews": found.vacancy_id,
        "round_add": found.vacancy_id,
        "round_change": found.pk,
        "round_slots": found.pk,
        "round_invite": found.pk,
        "slot_move": slot.pk,
        "slot_cancel": slot.pk,
        "invitation": invited["pk"],
        "invitation_settle": invited["pk"],
        "interview_table": found.vacancy_id,
        "interview_scores": application.pk,
        "interview_reopen": sheet.pk,
        "interview_undo": world.interview_decision.pk,
    }
    return {
        "applications:application-interview": mine,
        "applications:application-interview-give-back": mine | invited,
        "applications:application-interview-another": mine | invited,
        "applications:panel-interview": member,
        "applications:panel-interview-scores": member,
        "applications:panel-interview-again": member | {"pk": sheet.scores.first().pk},
        "applications:panel-interview-table": {"reference": found.vacancy.reference},
        **{f"admin:applications_{name}": {"pk": pk} for name, pk in admin.items()},
    }


def reference_kwargs(world):
    """What the pages of references need: the link of the referee, and HR's of two requests."""
    of_asked = {"pk": world.asked.pk}
    of_referee = {"pk": world.asked.referee_id}
    link = {"token": world.reference_token}
    return {
        "applications:reference-form": link,
        "applications:reference-cannot": link,
        "applications:referee-change": {"reference": world.sent.reference, "position": 1},
        "applications:discrepancy-list": {"code": world.at_interview.code},
        "admin:applications_references": {"pk": world.sent.pk},
        "admin:applications_compare": {"pk": world.reference.request.application_id},
        "admin:applications_reference_read": {"pk": world.reference.request_id},
        "admin:applications_reference_again": of_asked,
        "admin:applications_reference_stop": of_asked,
        "admin:applications_reference_record": of_referee,
        "admin:applications_referee_ask": of_referee,
        "admin:applications_referee_correct": of_referee,
    }


def data_protection_kwargs(world):
    """What the pages about the job seeker's data need."""
    person = {"pk": world.people["job seeker"].pk}
    return {
        "accounts:pack-download": {"pk": world.own_pack.pk},
        "admin:accounts_pack_download": {"pk": world.hr_pack.pk},
        "admin:accounts_packs": person,
        "admin:accounts_packs_review": person,
        "admin:accounts_hold_place": person,
        "admin:accounts_hold_release": {"pk": world.hold.pk},
        "admin:applications_looks": {"pk": world.sent.pk},
    }


def packs_of(person, officer):
    """A pack the person asked for themself and one of HR's, both ready."""
    file = ContentFile(b"PK", name="pack")
    ready = {"person": person, "due_on": timezone.localdate(), "state": "ready", "file": file}
    return [
        AccessPack.objects.create(asked_by=by, is_own=by == person, **ready)
        for by in (person, officer)
    ]


def disclosure_kwargs(world):
    """What the pages around a self-declaration need: the applicant's, the readers' and HR's."""
    told = {"reference": world.told.reference}
    own = ["self-declaration", "search-reply"]
    of_readers = [
        "disclosure-detail",
        "disclosure-declaration",
        "disclosure-search",
        "declaration-by-phone",
        "search-reply-by-phone",
    ]
    one = {**told, "pk": world.assessment.pk}
    return {
        **{f"applications:{name}": told for name in [*own, *of_readers, "assessment-begin"]},
        "applications:assessment-reply": one,
        "applications:assessment-detail": one,
        "applications:assessment-reply-by-phone": one,
        "admin:applications_disclosure": {"pk": world.told.vacancy_id},
        "admin:applications_disclosure_remove": {"pk": world.reader.pk},
    }


def alert_kwargs(alert):
    """What the pages behind the signed links of an alert need: nobody else gets them."""
    mine = {"token": alert_links.token_for(alert_links.MANAGE, alert.subscriber)}
    return {
        "vacancies:alert-confirm": {"token": alert_links.confirmation_token(alert)},
        "vacancies:alert-keep": {"token": alert_links.token_for("keep", alert.subscriber)},
        "vacancies:alert-stop": {"token": alert_links.token_for("stop", alert.subscriber)},
        "vacancies:alert-manage": mine,
        "vacancies:alerts-delete": mine,
        "vacancies:alert-change": {**mine, "pk": alert.pk},
        "vacancies:alert-end": {**mine, "pk": alert.pk},
    }


def people():
    """Return a person for each persona; a visitor is nobody."""
    manager = StaffMemberFactory()
    former = StaffMemberFactory(left_on=timezone.localdate() - timedelta(days=1))
    other = StaffMemberFactory(team=TeamFactory())
    staff = StaffMemberFactory(line_manager=manager)
    StaffMemberFactory(line_manager=other)
    leaver = StaffMemberFactory(left_on=timezone.localdate() - timedelta(days=30))
    found = {
        "visitor": None,
        "job seeker": UserFactory(),
        "another job seeker": UserFactory(),
        "returner": returner(),
        "staff": staff.user,
        "leaver": leaver.user,
        "trainer": working(roles=["trainer"]),
        "practice educator": working(roles=["practice_educator"]),
        "line manager": manager.user,
        "former manager": former.user,
        "another team's manager": other.user,
        "hiring manager": working(roles=["hiring_manager"]),
        "panel member": working(roles=["panel_member"]),
        "another vacancy's panel": working(roles=["panel_member"]),
        "officer": working(roles=["workforce_development_officer"]),
        "HR": HRAdminFactory(),
        "superuser": UserFactory(is_superuser=True),
    }
    for person in filter(None, found.values()):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return found


def returner():
    """Somebody who has agreed a package to come back to social work."""
    person = UserFactory()
    EnquiryFactory(email=person.email, state=EnquiryState.LEARNING)
    return person


def working(**fields):
    """A member of staff whose account has these fields."""
    return StaffMemberFactory(user=UserFactory(**fields)).user


def check_rows():
    """A kind of check and a row of who needs it."""
    return CheckKind.objects.first(), RequiredCheck.objects.first()


def things(world):
    """Return one row of each model that the admin shows, by `app_model`."""
    staff = world.people["staff"].staff_member
    rows = [
        world.people["staff"],
        world.vacancy,
        world.import_run,
        world.register_import,
        BankHoliday.objects.create(on="2026-12-25", name="Christmas Day"),
        Absence.objects.create(
            member=staff, starts_on="2026-12-01", ends_on="2026-12-04", key="A-1"
        ),
        world.campaign,
        world.chat.slot,
        world.hold,
        RetentionPeriodFactory(from_on="2099-01-01"),
        DeletionRecord.objects.create(category="chat", number=1, as_at=timezone.localdate()),
        world.alert,
        world.alert.subscriber,
        AlertRun.objects.create(),
        world.sent,
        world.offer,
        world.message_template,
        *check_rows(),
        JobInterestFactory(),
        world.session,
        world.session.course,
        world.booking,
        world.nomination,
        world.outside,
        world.review,
        world.attended,
        world.budget_line,
        world.intake,
        world.round,
        world.intake.version,
        world.story,
        staff,
        staff.team,
        staff.role,
        staff.role.grade,
        staff.team.district,
        Post.objects.create(number="P1", role=staff.role, team=staff.team),
        Place.objects.create(name="Alton", latitude=51.1, longitude=-0.97, district="East"),
        Outcode.objects.create(code="GU34", latitude=51.1, longitude=-0.97, name="Alton"),
        EnquiryFactory(),
        RestorationRuleFactory(),
        EventFactory(),
        FigureFactory(),
        MessageFactory(),
        SuppressedAddress.objects.create(address="gone@example.org", reason="Bounced"),
        MailStop.objects.create(
            reason="A test",
            started_by=world.people["HR"],
            ended_at=timezone.now(),
        ),
        AllowancePolicy.objects.first(),
        Room.objects.create(name="The Mill, upstairs", places=12),
        Series.objects.create(course=world.session.course, name="Spring"),
        SearchSynonym.objects.create(term="EDT", meanings=["out of hours"]),
    ]
    return {f"{row._meta.app_label}_{row._meta.model_name}": row for row in rows if row}

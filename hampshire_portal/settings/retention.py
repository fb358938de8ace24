"""What the privacy notice and the accessibility statement tell: how long things are kept, and why."""

from datetime import date

from hampshire_portal.settings.recruitment import (
    DBS_DETAILS_KEPT_MONTHS,
    DISCLOSURE_KEPT_MONTHS,
    DISCLOSURE_UNSUCCESSFUL_KEPT_MONTHS,
    JOB_INTEREST_MONTHS,
)
from hampshire_portal.settings.rules import PACK_KEPT_DAYS, RETURNER_ENQUIRY_KEPT_DAYS

# --- Statements of the site -----------------------------------------------------------------------
ACCESSIBILITY_STATEMENT = {
    "prepared_on": date(2026, 11, 21),
    "reviewed_on": date(2026, 11, 21),
    "tested_on": date(2026, 11, 21),
}

# --- How long things are kept ---------------------------------------------------------------------
# The privacy notice tells these periods and the daily jobs carry them out. `months` is missing where
# something else decides; `why` names the ground or the source of the period.
CHAT_KEPT_DAYS = 30
IMPORT_KEPT_DAYS = 30
RETENTION_DECIDED_ON = date(2026, 11, 21)
RETENTION = {
    "draft_application": {
        "what": "An application you have begun and not sent, with what you typed and did not save",
        "months": 3,
        "how_long": "{period} after you last changed it, or after the job closed if that was sooner",
        "why": "So that you can come back to it",
    },
    "unsuccessful_application": {
        "what": "An application that did not end in a job",
        "months": 12,
        "how_long": "{period} after we told you, or after you withdrew it; then only which job it "
        "was for and how it ended",
        "why": "Long enough to answer a complaint or a claim, as other councils do",
    },
    "reference": {
        "what": "What your referees told us, how they can be reached, and what we asked about it",
        "how_long": "As long as the application it was given for",
        "why": "So that we can show why we did or did not appoint somebody",
    },
    "successful_application": {
        "what": "An application that did end in a job",
        "how_long": "It becomes part of your staff record",
        "why": "Your employer needs it",
    },
    "checks": {
        "what": "The checks before you start: what we saw, when, and who saw it",
        "months": 12,
        "how_long": "It becomes part of your staff record. If no job came of it, the numbers and our notes "
        "go within two days after we told you or you withdrew, and the rest {period} after that",
        "why": "So that we can show that nobody works with children unchecked (safer recruitment)",
    },
    "dbs_details": {
        "what": "The number of your DBS certificate, and our notes of it; never what it says",
        "months": DBS_DETAILS_KEPT_MONTHS,
        "how_long": "{period} after we saw it; its date and what we decided stay with the checks",
        "why": "The code of practice for those who use DBS certificates",
    },
    # As long as the equality report counts a job, and no longer: deleted with the application they would
    # go sooner for those who withdrew early, and the rates would say something else than what was. No
    # counts are kept instead, since a count of one is still about somebody.
    "equality_answers": {
        "what": "What you answered to our equality questions, if you did",
        "months": 12,
        "how_long": "{period} after the job closed, or until you clear your answers while it is open",
        "why": "So that we can see for a year whether everybody has a fair chance (Equality Act 2010, "
        "section 149; Data Protection Act 2018, schedule 1, paragraph 8)",
    },
    "self_declaration": {
        "what": "Your self-declaration, what a search online found and what we made of it, if you were "
        "shortlisted",
        "months": DISCLOSURE_KEPT_MONTHS,
        "how_long": "{period} after the last step with it; then only the dates and the decision",
        "why": "As long as the code of practice of the Disclosure and Barring Service lets us keep what "
        "is on a certificate",
    },
    "self_declaration_unsuccessful": {
        "what": "The same, where your application did not end in a job",
        "months": DISCLOSURE_UNSUCCESSFUL_KEPT_MONTHS,
        "how_long": "{period} after your application came to its end; then only the dates and the decision",
        "why": "Long enough to answer a claim (Equality Act 2010, section 123)",
    },
    "saved_vacancy": {
        "what": "A job you have saved",
        "months": 3,
        "how_long": "Until you remove it, or {period} after the job closed",
        "why": "So that you can see what became of it",
    },
    "job_interest": {
        "what": "What you joined our register of interest with, and which jobs we wrote to you about",
        "months": JOB_INTEREST_MONTHS,
        "how_long": "Until you leave it, or {period} after you joined or last said that you would like to "
        "stay; we ask you a month before",
        "why": "You agreed to it, so that we can tell you of a job that fits (UK GDPR, article 6(1)(a))",
    },
    "course_interest": {
        "what": "Which courses you asked to hear of",
        "months": 24,
        "how_long": "Until you take it back, or {period} after you asked",
        "why": "So that we can plan the courses people want",
    },
    "chat": {
        "what": "What you told us when you booked an informal chat",
        "days": CHAT_KEPT_DAYS,
        "how_long": "{period} after the chat",
        "why": "So that the team can come back to you once more",
    },
    "email": {
        "what": "The e-mails we send you",
        "months": 12,
        "how_long": "{period} after we wrote them",
        "why": "As long as the applications that most of them are about",
    },
    "returner_enquiry": {
        "what": "A return-to-social-work enquiry",
        "how_long": f"{RETURNER_ENQUIRY_KEPT_DAYS} days after the last thing that happened",
        "why": "As long as an application that did not end in a job",
    },
    "alert": {
        "what": "Your job alerts: your e-mail address and what you search for",
        "how_long": "Until you stop them; we ask you once a year, and delete them a month later without "
        "an answer. One you do not confirm is deleted after a week, one you stop after a month",
        "why": "You asked for them and may change your mind",
    },
    "told_in_alert": {
        "what": "Which jobs an alert has told you of",
        "months": 12,
        "how_long": "{period} after the job closed, or until you stop your alerts",
        "why": "So that no job is sent to you twice",
    },
    "ledger": {
        "what": "Training you had elsewhere, or before this site, that counts in your five days",
        "months": 72,
        "how_long": "{period} after the day of it",
        "why": "So that the promise of five days a year can be shown to have been kept",
    },
    "forecast": {
        "what": "The weekly forecast of whether you will have your five days",
        "months": 24,
        "how_long": "{period}",
        "why": "So that this year can be compared with the last",
    },
    "fair_round": {
        "what": "What your request in a fair round came to: your points and your rank",
        "months": 24,
        "how_long": "{period} after the places were given",
        "why": "So that the next round can count that you missed out, and anybody can check the draw",
    },
    "outside_course": {
        "what": "The outside courses you asked for, and what you told us you had attended",
        "months": 72,
        "how_long": "{period} after the day of it",
        "why": "So that the promise of five days a year can be shown to have been kept",
    },
    "evidence": {
        "what": "A file that you sent to show that you attended something",
        "months": 12,
        "how_long": "{period} after you sent it",
        "why": "Long enough for your manager to confirm it and for a question in the year after",
    },
    "outside_review": {
        "what": "What you wrote about an outside course for your colleagues",
        "months": 36,
        "how_long": "{period} after you wrote it",
        "why": "Older reviews say little of what a course is like now",
    },
    "presence": {
        "what": "In which half days of a course you signed in, and when",
        "months": 24,
        "how_long": "{period} after the day; how much of it you attended stays with your booking",
        "why": "So that a mistake can be put right",
    },
    "evaluation": {
        "what": "What you said about a course after it",
        "months": 24,
        "how_long": "{period} after the course",
        "why": "So that the next run of it can be better",
    },
    "cpd_piece": {
        "what": "Your own record of CPD, with your reflections: nobody else can read it",
        "months": 36,
        "how_long": "Until you delete it, or {period} after the day it is about",
        "why": "So that you have the last years at hand when you renew your registration",
    },
    "story": {
        "what": "A staff story",
        "how_long": "Until the person no longer wishes it; we ask them again each year",
        "why": "They agreed to it and may change their mind",
    },
    "import_file": {
        "what": "A list of jobs that our HR team reads in, with the names of the people to ring",
        "days": IMPORT_KEPT_DAYS,
        "how_long": "{period} after it was sent in",
        "why": "So that mistakes in it can be found and put right",
    },
    "register_import": {
        "what": "A list of staff or of absence that our HR team reads in",
        "days": IMPORT_KEPT_DAYS,
        "how_long": "{period} after it was sent in",
        "why": "So that mistakes in it can be found and put right",
    },
    "working_time": {
        "what": "Which half days you work here, and when you were away (never why)",
        "months": 24,
        "how_long": "{period} after the time away, after your days changed, or after you left",
        "why": "So that we can see whether everybody could get to the training they are promised",
    },
    "access_pack": {
        "what": "The file of everything we hold about you, when you ask for it",
        "days": PACK_KEPT_DAYS,
        "how_long": "{period} after you asked",
        "why": "Long enough to download it; you can ask again",
    },
    "record": {
        "what": "The record of who did what",
        "months": 72,
        "how_long": "{period}",
        "why": "The time within which a claim can be brought (Limitation Act 1980)",
    },
}

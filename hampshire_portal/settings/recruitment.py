"""Numbers of the field for applications, from the first word to the first day, with unit and source."""

from hampshire_portal import env

# --- Applications for jobs ------------------------------------------------------------------------
# Beside the words a criterion allows, so that nobody runs their words together.
EVIDENCE_CHARACTERS_A_WORD = 10
# For so many hours somebody can take the withdrawal of their application back.
WITHDRAWAL_UNDO_HOURS = 24
# HR is reminded of an application they write down for somebody when nothing was saved for so many days.
ENTERED_DRAFT_DAYS = 3
# What is kept of a page that was sent in after its session was lost, until the person has signed in again.
WORDS_KEPT_LARGEST_BYTES = 50_000
# Words typed and not saved are kept for so many tabs of one page.
TYPED_TABS_MOST = 3
# The equality report pools the jobs that closed within so many months, hides groups of fewer people than
# this, and marks a rate that is below this share of the largest group's. The last is a rule of thumb
# ("four fifths") from the United States' uniform guidelines of 1978; no law here has it.
EQUALITY_REPORT_MONTHS = 12
EQUALITY_SMALLEST_GROUP = 5
EQUALITY_RATIO_TO_LOOK_AT = 0.8
CV_LARGEST_BYTES = env.number("CV_LARGEST_BYTES", 5 * 1024 * 1024)
# What a Word or OpenDocument file may come to when unpacked: more is made to burst.
CV_LARGEST_UNPACKED_BYTES = 60 * 1024 * 1024
CV_MOST_MEMBERS = 2_000
# The packed objects of a PDF: its pages and what they do, without their words and pictures.
PDF_OBJECTS_LARGEST_BYTES = 16 * 1024 * 1024
# So many of somebody's earlier applications, the latest, are offered to start from.
EARLIER_APPLICATIONS_OFFERED = 5
# Who works here finds the training of so many years filled in, and the interview is told of it.
INTERNAL_TRAINING_YEARS = 3
# The sections of an application that have several rows take so many at most. No month is further back
# than so many years, and a result or the end of education lies no more than so many ahead.
APPLICATION_ROWS_MOST = 40
HISTORY_YEARS_BACK = 80
RESULT_EXPECTED_YEARS = 6
# So many months in a row without a job need no word. Safer recruitment asks about every gap: none.
HISTORY_MONTHS_UNEXPLAINED = 0

# --- The register of interest ---------------------------------------------------------------------
# Who joins it, changes it or stays is on it for so many months. They are asked so many days before.
JOB_INTEREST_MONTHS = 12
JOB_INTEREST_ASKED_DAYS = 30
JOB_INTEREST_NOTE_CHARACTERS = 500

# --- Shortlisting ---------------------------------------------------------------------------------
# What a panel gives an application for each criterion, and what each number says.
SHORTLIST_SCALE = {
    0: "No evidence",
    1: "Little evidence",
    2: "Enough evidence",
    3: "Good evidence",
    4: "Strong evidence",
}
# At least so many people read each application alone. Source: safer recruitment, "Keeping children safe
# in education", which councils follow by analogy: at least two people shortlist.
SHORTLIST_FEWEST_READERS = 2
# Members so many points apart on a criterion are asked to read it a second time.
SHORTLIST_POINTS_APART = 2
# The average from which a criterion is met, and from which it is partly met.
SHORTLIST_MET_AVERAGE = 2
SHORTLIST_PARTLY_AVERAGE = 1
SHORTLIST_NOTES_CHARACTERS = 2_000
SHORTLIST_ROWS_PER_PAGE = 25

# --- Checks before somebody starts ----------------------------------------------------------------
# The number and words of a DBS certificate are kept for so many months after it was seen. Source: the
# code of practice for users of DBS certificates, which says 6 months or less; as at November 2026.
DBS_DETAILS_KEPT_MONTHS = 6
# No firm offer without a look at the register that is younger than this, where the role needs it. Ours.
REGISTRATION_LOOK_DAYS = 14
# How many numbers the regulator's own search takes at once, and what stands between them. Source: its
# employers' search, as at November 2026.
REGISTER_NUMBERS_MOST = 100
REGISTER_NUMBERS_BETWEEN = ", "
# What the register says of somebody who may practise. Anything else stands in the way.
REGISTER_GOOD_STATUSES = ["registered", "registered with conditions"]
# From 100 down: names this near are shown to a person, and names as near as the second agree.
REGISTER_NAME_NEAR = 70
REGISTER_NAME_AGREES = 95
# A list of the register is small: so many bytes, and so many rows that are explained.
REGISTER_LARGEST_BYTES = 1024 * 1024
REGISTER_MOST_ROWS = 1_000
# A check that has lain with one person for so many days is brought to HR's attention, and a right to
# work that runs out within so many days is looked at again.
CHECK_LATE_DAYS = 14
RIGHT_TO_WORK_WARNED_DAYS = 42
CHECK_WORDS_CHARACTERS = 1_000
CHECKS_PER_PAGE = 50

# --- Offers and the first day ---------------------------------------------------------------------
# An offer asks for an answer within so many working days. Nothing happens by itself when they are over:
# HR sees who has not answered. Ours; as at November 2026.
OFFER_ANSWER_WORKING_DAYS = 5
# An offer that was accepted so many days ago and is not firm is shown to HR.
OFFER_CHECKS_LONG_DAYS = 42
OFFER_LONGEST_WORDS = 2_000  # of one box
# No first day is planned later than so many months ahead: a year such as 9999 is a slip of the key.
OFFER_STARTS_WITHIN_MONTHS = 18
# What the letter of a first day says to bring, unless HR writes otherwise. Ours.
OFFER_BRING = "Your passport or other proof of who you are, and your bank details."
# What an offer usually depends on, by a short name. HR unticks what does not hold, and adds others. The
# one for registration is shown where the role needs it. Source: the order of events on the council's own
# recruitment pages, and "Keeping children safe in education", which councils follow by analogy; as at
# November 2026.
OFFER_CONDITIONS = {
    "identity": "We see proof of who you are and that you may work in the UK.",
    "dbs": "An enhanced DBS check with the children's barred list that is satisfactory to us.",
    "references": "Two references that are satisfactory to us, one from your last employer.",
    "health": "A health questionnaire, so that we can make the adjustments you need.",
    "qualifications": "We see the certificates of the qualifications that the job asks for.",
    "registration": "You are registered with Social Work England before you work as a social worker.",
}

# --- Interviews -----------------------------------------------------------------------------------
# At least so many people interview, and score alone. Source: as for the shortlisting, above.
INTERVIEW_FEWEST_INTERVIEWERS = 2
# One series of slots has so many at most, and lies within so many days.
INTERVIEW_SERIES_MOST = 40
INTERVIEW_WITHIN_DAYS = 365
# Somebody stays on a reserve list for so many months. Source: Civil Service recruitment practice, which
# keeps reserve lists for up to 12 months; as at November 2026.
RESERVE_LIST_MONTHS = 12

# --- References -----------------------------------------------------------------------------------
# How long the link to a referee is good, in weeks, and after how many days without an answer they are
# reminded, once. Source: the reference requests of Teaching Vacancies (Department for Education); as at
# August 2026.
REFERENCE_LINK_WEEKS = 12
REFERENCE_REMINDER_DAYS = 7
# From so many days without an answer on, HR reads on its first page that a reference is late. Ours.
REFERENCE_LATE_DAYS = 14
# So many acceptable references, the last employer's among them, come before a firm offer. Source:
# Hampshire's recruitment pages; "Keeping children safe in education", part 3, by analogy.
REFERENCES_NEEDED = 2
# The longest answer to one question of a referee, in characters.
REFERENCE_LONGEST_ANSWER = 4_000
# So many months in a row in which an application and a reference differ are not listed. Ours: none.
REFERENCE_MONTHS_LET_PASS = 0
REFERENCES_PER_PAGE = 50

# --- Self-declaration of a criminal record ---------------------------------------------------------
# The levels of the DBS check at which a job is exempt from the Rehabilitation of Offenders Act 1974, so
# that it may ask about spent convictions too. Source: the Act's Exceptions Order 1975. As at November 2026.
DISCLOSURE_ASKED_AT_LEVELS = ["standard", "enhanced", "enhanced_barred"]
# At this level the job is regulated activity with children: who is on the barred list may not do it.
# Source: Safeguarding Vulnerable Groups Act 2006. As at November 2026.
DISCLOSURE_BARRED_LIST_LEVEL = "enhanced_barred"
# So many people read what is told about a vacancy, all of them outside its panel.
DISCLOSURE_READERS = 2
# Who has not sent it is reminded once after so many working days. Source: the practice of the national
# service for school jobs. As at November 2026.
DISCLOSURE_REMINDER_WORKING_DAYS = 2
# An applicant may reply to a risk assessment, or to what a search found, for so many days.
DISCLOSURE_REPLY_DAYS = 7
# A decision is looked at again within so many years.
DISCLOSURE_REVIEW_YEARS = 5
DISCLOSURE_MATTERS_MOST = 10
DISCLOSURE_WORDS_CHARACTERS = 4_000
# What was told goes so many months after the last step with it. Source: the DBS code of practice keeps
# certificate information for six months at most; the self-declaration follows it. As at November 2026.
DISCLOSURE_KEPT_MONTHS = 6
# And sooner where the application ended without a job: the time for a claim to an employment tribunal.
# Source: Equality Act 2010, section 123. As at November 2026.
DISCLOSURE_UNSUCCESSFUL_KEPT_MONTHS = 3
# What a risk assessment weighs up, factor by factor. Source: guidance of Nacro and of Unlock on fair
# recruitment. As at November 2026.
DISCLOSURE_FACTORS = {
    "nature": "What happened, and how serious it was",
    "relevance": "What it has to do with this job",
    "time": "How long ago it was",
    "age": "How old the person was then",
    "pattern": "Whether it happened once or several times",
    "circumstances": "What the circumstances were",
    "change": "What has changed since",
    "telling": "How the person told us about it",
}

# --- HR's daily work on applications ---------------------------------------------------------------
# What is done with several applications at once: how many at most, how many while the page waits (more
# are a worker's), and how many rows a page of the preview and of the result shows.
BULK_MOST_APPLICATIONS = 1_000
BULK_AT_ONCE = 20
BULK_ROWS_PER_PAGE = 50
BULK_PREPARED_KEPT_DAYS = 7  # one that nobody confirms
# In so many days of the calendar an application leaves each stage; from then on the board and the list
# say "late". Received counts from the day the job closed, unless it is always open. A house figure, no
# law; offers and checks take as long as people and the DBS answer. As at 22 November 2026.
STAGE_LIMIT_DAYS = {
    "submitted": 10,
    "shortlisting": 14,
    "interview": 21,
    "offered": 7,
    "checks": 56,
}
STAGES_JOBS_PER_PAGE = 20
# Reminders. All in working days but the first, in days before the closing date. An applicant who has
# heard nothing for so many working days gets a holding letter, once a stage; HR and the lead of a panel
# are reminded after each of so many. Ours, as at 22 November 2026.
DRAFT_CHASED_DAYS = [10, 2]
HOLDING_AFTER_WORKING_DAYS = 10
UNREAD_CHASED_WORKING_DAYS = [3, 6]
PANEL_CHASED_WORKING_DAYS = [3, 6]
# Whoever has no answer so many working days after the job closed is on HR's first page.
NO_ANSWER_AFTER_WORKING_DAYS = 30

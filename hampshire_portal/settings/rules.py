"""The numbers that the portal goes by, with their units: days, pounds, miles, bytes."""

# --- Return to social work ------------------------------------------------------------------------
# The days within which an enquiry is answered, and how long it is kept after the last thing that
# happened to it. Source of the second: the 12 months councils keep unsuccessful applications.
RETURNER_REPLY_DAYS = 7
RETURNER_ENQUIRY_KEPT_DAYS = 365

# --- Vacancies ------------------------------------------------------------------------------------
CLOSING_SOON_DAYS = 7
SEARCH_RADII = [5, 10, 15, 20, 30, 50]  # miles
DEFAULT_RADIUS = 10
VACANCIES_PER_PAGE = 20
# So many adverts with the words in title, role or summary hide those with them only in the text.
ENOUGH_MATCHES = 10
SALARY_BANDS = [25_000, 30_000, 35_000, 40_000, 45_000, 50_000]  # pounds a year
POSTED_SINCE_DAYS = [1, 3, 7, 14]
TEAM_FACTS_SHOWN_DAYS = 180
# What a visitor saves before signing in is in a cookie: how many jobs, and for how long.
SAVED_COOKIE_MOST = 50
SAVED_COOKIE_DAYS = 180
FEED_MOST = 50  # entries of a feed
CHAT_MINUTES = 15
CHAT_NOTICE_HOURS = 2  # A chat can be booked until so long before.
CHATS_OFFERED_AT_ONCE = 12
SAVED_NUDGE_DAYS = [10, 2]  # days before a saved job closes on which its savers are told
# Writing adverts: how long a new one is open, the reading age above which its writer is told that it
# is hard to read, and how many words make a long sentence.
NEW_VACANCY_OPEN_DAYS = 28
ADVERT_READING_AGE = 14
ADVERT_LONG_SENTENCE_WORDS = 25
# No advert is open, and no interview held, later than so many months from the day it is written down:
# a slip of the key, such as the year 9999, would keep it open for good. One that is always open is
# extended before then.
VACANCY_DAYS_WITHIN_MONTHS = 24
# How long a sift date stays among what is due, and news of an advert is told after it happened: a
# beat that was down for some days catches up, and nobody hears of what is long past.
SIFT_DUE_DAYS = 7
NOTICES_TOLD_DAYS = 7
# Who has saved a job is told after those who are writing an application, so that nobody hears twice.
SAVERS_TOLD_AFTER_MINUTES = 15
# What salaries are stated for: the council's full-time week, and the weeks of a year.
FULL_TIME_WEEKLY_HOURS = 37
WEEKS_A_YEAR = 52.143
# What a file of adverts may come to, packed and unpacked.
IMPORT_LARGEST_BYTES = 20 * 1024 * 1024
IMPORT_LARGEST_UNPACKED_BYTES = 200 * 1024 * 1024
IMPORT_MOST_MEMBERS = 500
IMPORT_MOST_ROWS = 20_000
IMPORT_MOST_COLUMNS = 100
EXPORT_EXCEL_MOST_ROWS = 5_000
# One personal assistant to so many social workers. Source: the council's recruitment drive of 2017.
SOCIAL_WORKERS_TO_AN_ASSISTANT = 3
# The roles that count on either side of it, by their slugs in the catalogue.
SOCIAL_WORKER_ROLES = [
    "newly-qualified-social-worker",
    "social-worker",
    "experienced-social-worker",
    "senior-practitioner",
]
ASSISTANT_ROLES = ["personal-assistant"]
# A live advert with fewer applications than this after so many days has stalled.
FEW_APPLICATIONS = 2
FEW_APPLICATIONS_AFTER_DAYS = 7

# --- Job alerts -----------------------------------------------------------------------------------
ALERTS_PER_MAILBOX = 10
ALERT_JOBS_SHOWN = 15  # in one mail; the rest are counted, behind a link
ALERT_CONFIRM_DAYS = 7  # one that nobody confirms is deleted then
ALERT_ENDED_KEPT_DAYS = 30
ALERT_ASK_AGAIN_MONTHS = 12
ALERT_ANSWER_DAYS = 30

# --- Training --------------------------------------------------------------------------------------
# How long an offered place waits for the person, and a manager's say for the manager: in hours that
# they work themselves, eight a full day.
OFFER_WORKING_HOURS = 16
APPROVAL_WORKING_HOURS = 16
# The monitor of the five days: a number of people below this is not shown by team or reason, nor a
# share of fewer people; how many years its chart goes back; people on one page of its list.
MONITOR_SMALLEST_GROUP = 5
MONITOR_YEARS = 5
MONITOR_PEOPLE_PER_PAGE = 50
# How many dates somebody is sent at once, when they are offered dates for their five days.
DATES_OFFERED_AT_ONCE = 5
# What a manager is shown: offers to their people that end within so many days (a weekend among them),
# and nominations that were decided so many days ago. Suitable dates are sent to a person no more often
# than every so many days.
OFFERS_LAPSE_SOON_DAYS = 4
NOMINATIONS_DECIDED_LATELY_DAYS = 7
DATES_OFFERED_EVERY_DAYS = 7
# A fair round takes requests for so many days or more, and closes so many days before the session or
# earlier. Its places go by points, `each` for one of what is counted and for `most` of them at most:
# half days of the five neither attended nor booked, places that the service took back within a year,
# earlier rounds for the course without a place, whole years since a place in any round. A round goes
# by what stood here when it was announced.
FAIR_ROUND_DAYS = 7
FAIR_ROUND_CLOSES_DAYS_BEFORE = 5
FAIR_ROUND_POINTS = {
    "half_days_left": {"each": 1, "most": 10},
    "taken_by_service": {"each": 2, "most": 3},
    "rounds_missed": {"each": 3, "most": 3},
    "years_without": {"each": 1, "most": 3},
}

# Sessions: how many a series has at most, and how many rows a list of people for one session.
# No session is planned later than so many months ahead: a year such as 9999 is a slip of the key.
SERIES_MOST_SESSIONS = 30
SESSIONS_WITHIN_MONTHS = 36
SESSION_FILE_MOST_ROWS = 300
# Rows of one file of ledger entries, which come back to the server once more when they are entered.
LEDGER_FILE_MOST_ROWS = 4_000
LEDGER_FILE_ROWS_SHOWN = 50
# Demand: what people asked for and did not get counts for so many months; mandatory training that runs
# out within so many is wanted now.
DEMAND_MONTHS = 12
DEMAND_EXPIRING_MONTHS = 3
# So many people who want a course and find no place make another session worth its day of a trainer
# and a room; for fewer, places bought from another provider cost less. Our sessions have 8 places and
# more, and one that is less than three quarters full costs more for each person than a bought place.
DEMAND_RUN_ONE_MORE_PEOPLE = 6
# Who has led a course within so many months can be asked to lead it again.
DEMAND_TRAINER_MONTHS = 24
# A file that shows that somebody attended something: 5 MB, as for a CV. How many reviews of outside
# courses are on a page, and over how many days the officers' page counts what is asked for.
EVIDENCE_LARGEST_BYTES = 5 * 1024 * 1024
OUTSIDE_REVIEWS_PER_PAGE = 20
OUTSIDE_DEMAND_DAYS = 365
# An outside course that is asked for is over within so many days: two years.
OUTSIDE_ASKED_AHEAD_DAYS = 731
# The person is asked how an outside course went on the day after it, and again after so many days.
OUTSIDE_ASKED_AGAIN_DAYS = 14
# Signing in to a session: how often the code on the trainer's screen changes, how long one is good
# after it has gone, how long before the start the first is shown, and when, after the end, the state
# of a booking follows from who signed in.
SIGN_IN_CODE_SECONDS = 60
SIGN_IN_GRACE_MINUTES = 10
SIGN_IN_OPENS_MINUTES = 30
ATTENDANCE_SETTLED_AFTER_MINUTES = 30
# Evaluations: asked for this long after a session, changed this long after they were given, and shown
# to the trainer from so many answers on.
EVALUATION_ASKED_DAYS = 30
EVALUATION_CHANGED_DAYS = 7
EVALUATION_FEWEST_ANSWERS = 5
# What Social Work England asks of its registered social workers in each registration year: so many
# different pieces of CPD, so many of them with peer reflection, recorded in the window before the year
# ends. As (month, day). Source: Social Work England's guidance on CPD, 2023; as at November 2026.
CPD_PIECES = 2
CPD_PIECES_WITH_PEER = 1
CPD_YEAR_BEGINS = (12, 1)
CPD_WINDOW_BEGINS = (9, 1)
CPD_LONGEST_WORDS = 500  # of one box; ours, not the regulator's

# --- Data protection ------------------------------------------------------------------------------
# House rules of 22 November 2026, but for the month to answer, which is UK GDPR article 12(3).
DELETION_WARNED_DAYS = (
    30  # Days between telling people that their words will be deleted and doing it.
)
RETENTION_CHANGE_NOTICE_DAYS = (
    7  # Days before a changed period holds, so that a dry run can be read.
)
UNDECIDED_MONTHS = 6  # Months after a job closed until HR is reminded of who has no decision.
PACK_DUE_MONTHS = 1  # Months in which a request for one's data is answered.
PACK_KEPT_DAYS = 14  # Days a pack can be downloaded before it is deleted.
PACK_TRIED_AGAIN_MINUTES = (
    30  # Minutes after which the making of a pack begins anew: its worker stopped.
)

"""What interviews come to, and what happens around them."""

from enum import StrEnum

from django.db import models


class InterviewOutcome(models.TextChoices):
    """What the interviews of an application come to."""

    OFFER = "offer", "To be offered the job"
    RESERVE = "reserve", "Reserve list"
    NOT_TAKEN = "not_taken", "Not successful"


class FreedBecause(models.TextChoices):
    """Why somebody has an interview slot no longer."""

    GIVEN_BACK = "given_back", "The applicant gave it back"
    CALLED_OFF = "called_off", "The council called it off"
    LEFT = "left", "The application went no further"


class ReserveEnded(models.TextChoices):
    """Why somebody is on a reserve list no longer."""

    EXPIRED = "expired", "Its date came"
    UNDONE = "undone", "The decision was undone"
    MOVED = "moved", "The application went another way"


class InterviewEvent(StrEnum):
    """What happens around interviews. None of it ever names an applicant."""

    ROUND_ARRANGED = "interview_round_arranged"
    ROUND_CHANGED = "interview_round_changed"
    SLOTS_MADE = "interview_slots_made"
    SLOT_MOVED = "interview_slot_moved"
    SLOT_CANCELLED = "interview_slot_cancelled"
    INTERVIEW_INVITED = "interview_invited"
    INTERVIEW_CHOSEN = "interview_chosen"
    INTERVIEW_CHANGED = "interview_changed"
    INTERVIEW_FREED = "interview_freed"
    ANOTHER_TIME_ASKED = "interview_another_time_asked"
    ANOTHER_TIME_SETTLED = "interview_another_time_settled"
    NAME_REVEALED = "interview_name_revealed"
    INTERVIEW_SCORES_SENT = "interview_scores_sent"
    INTERVIEW_SCORES_REOPENED = "interview_scores_reopened"
    INTERVIEW_SECOND_READ_ANSWERED = "interview_second_read_answered"
    INTERVIEW_OUTCOME_PROPOSED = "interview_outcome_proposed"
    INTERVIEW_OUTCOME_DECIDED = "interview_outcome_decided"
    INTERVIEW_OUTCOME_UNDONE = "interview_outcome_undone"
    RESERVE_ENDED = "reserve_ended"

"""What stands in the way of rounds, nominations and entries in the ledger."""


class RoundRefused(Exception):
    """A fair round cannot be announced or called off now, for the reason given."""


class NominationRefused(Exception):
    """A nomination cannot be made or decided now, for the reason given."""


class AlreadyNominated(NominationRefused):
    def __init__(self, nominee):
        super().__init__(f"{nominee.full_name} has been nominated for this already.")


class NotAllNominated(NominationRefused):
    """Nobody was nominated, because some could not be: `refusals` says why, by the key of each."""

    def __init__(self, refusals):
        self.refusals = refusals
        super().__init__(" ".join(str(refusal) for refusal in refusals.values()))


class NominationFormUsedBefore(NominationRefused):
    """A form's one-time key has made another nomination."""

    def __init__(self):
        super().__init__(
            "Nobody was nominated, because this form had been used before. "
            "Open the page again and try once more."
        )


class NominationsClosed(NominationRefused):
    def __init__(self):
        super().__init__("Nominations for this have closed.")


class NominationDecided(NominationRefused):
    def __init__(self, nomination):
        super().__init__(f"The nomination of {nomination.nominee} was decided already.")


class LedgerRefused(Exception):
    """An entry cannot be made in the ledger, for the reason given."""

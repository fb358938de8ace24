"""The words that somebody agrees to who joins the register of interest, by their version.

New words are a new version at the end: what people have agreed to before stays as it was.
"""

CONSENT = {
    "2026-11": (
        "The recruitment team may keep what I write here, look at it when a job comes, and write to me or "
        "ring me about jobs. Nobody who chooses between applicants sees it."
    ),
}
VERSION = list(CONSENT)[-1]

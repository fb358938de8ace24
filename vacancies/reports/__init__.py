"""HR's figures: each report is one function from filters to what its page and its files show."""

from vacancies.reports.filling import time_to_fill
from vacancies.reports.interest import interest
from vacancies.reports.posts import funded_posts_ending, posts_made_permanent
from vacancies.reports.stalls import stalls
from vacancies.reports.views import views_by_source

REPORTS = {
    "views": views_by_source,
    "interest": interest,
    "time-to-fill": time_to_fill,
    "stalled": stalls,
    "funded-posts": funded_posts_ending,
    "permanent-posts": posts_made_permanent,
}

__all__ = ["REPORTS"]

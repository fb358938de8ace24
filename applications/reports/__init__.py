"""HR's figures about applications: each report is one function and one page inside the admin."""

from applications.reports.pages import EQUALITY_PAGE

__all__ = ["EQUALITY_PAGE"]

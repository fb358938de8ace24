from django.db import models

from vacancies.models.vacancies import Vacancy


class ViewSource(models.TextChoices):
    """Where people come to an advert from, as far as the link tells. Nothing is known of the person."""

    DIRECT = "direct", "Typed in, a bookmark or an app"
    OUR_SEARCH = "our_search", "Our own search"
    OUR_PAGES = "our_pages", "Our other pages"
    ALERT = "alert", "Our e-mails"
    FEED = "feed", "Our feed and partners"
    COUNCIL = "council", "The council's other sites"
    SEARCH_ENGINE = "search_engine", "Search engines"
    SOCIAL = "social", "Social networks"
    JOB_BOARD = "job_board", "Job boards"
    PRINT = "print", "Posters and leaflets"
    OTHER = "other", "Other sites"


class ViewCount(models.Model):
    """How often an advert was opened on a day by people from one kind of place. No person is noted."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="view_counts")
    day = models.DateField()
    source = models.CharField(max_length=14, choices=ViewSource.choices)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["-day", "vacancy", "source"]
        indexes = [models.Index(fields=["day"], name="view_count_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "day", "source"], name="one_view_count_a_day_and_source"
            )
        ]

    def __str__(self):
        return f"{self.vacancy_id}, {self.day}, {self.source}: {self.number}"

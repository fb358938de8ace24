from django.db import models


class Advert(models.Model):
    """A few columns of the portal's own table, which this project only reads."""

    title = models.CharField(max_length=120)
    place_name = models.CharField(max_length=80)
    salary_from = models.PositiveIntegerField()
    salary_to = models.PositiveIntegerField()
    closes_on = models.DateField()

    class Meta:
        managed = False
        db_table = "vacancies_vacancy"

    def __str__(self):
        return self.title

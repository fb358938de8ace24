from django.db import connection, models

CURRENT = "SELECT coalesce(sum(number), 0)::bigint FROM vacancies_generation"


class Generation(models.Model):
    """A number that rises in the same transaction as any change of what visitors can see.

    Triggers of the database raise it (migration `0015_generation`), so that no way of writing
    gets round them. It is the sum of the rows: each transaction that writes takes a row that no other
    one holds, so that none waits for another. A row is raised to the present time in microseconds,
    so that the sum is not met again after an old backup was restored.
    """

    number = models.BigIntegerField()

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        """Return the number that stands for all that visitors can see at this moment."""
        with connection.cursor() as cursor:
            cursor.execute(CURRENT)
            return cursor.fetchone()[0]

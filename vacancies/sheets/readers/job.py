"""What the post is: its title, role, team, campaign, hiring manager and number."""

from functools import partial

from organisation.sheets import numbers
from vacancies.sheets.texts import plain_line


def read_title(row):
    title = plain_line(row.text("title"))
    if not title:
        row.wrong("title", "Every advert needs a title.")
    elif len(title) > 120:
        row.wrong("title", f"The title has {len(title)} characters. 120 is the most.")
    row.set("title", title)


def read_role(row):
    role = row.take("role", partial(row.lookups.named, "roles"))
    if not row.text("role"):
        role = row.lookups.role_in(plain_line(row.text("title")))
        if role is None:
            row.wrong("role", "Name a role of the catalogue, such as Social worker.")
    row.set("role", role)


def read_team(row):
    if not row.text("team"):
        row.wrong("team", "Name the team, as it is called in the portal.")
    row.set("team", row.take("team", partial(row.lookups.named, "teams")))


def read_campaign(row):
    row.set("campaign", row.take("campaign", partial(row.lookups.named, "campaigns")))


def read_hiring_manager(row):
    email = row.text("hiring_manager").lower()
    manager = row.lookups.managers.get(email)
    if email and manager is None:
        row.wrong("hiring_manager", f"Nobody who may hire has the e-mail address “{email[:80]}”.")
    row.set("hiring_manager", manager)


def read_posts(row):
    parse = partial(numbers.parse_whole_number, lowest=1, highest=999)
    row.set("number_of_posts", row.take("number_of_posts", parse, default=1))

"""Twenty-five teams and 120 people in one line-management tree, from area directors down."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from accounts.models import User
from demo.people import address, invented_names
from demo.sign_ins import PASSWORD
from organisation.models import (
    District,
    Grade,
    GradeRange,
    Place,
    Post,
    Role,
    StaffMember,
    Team,
    TeamKind,
)

TEAMS = Path(__file__).resolve().parents[1] / "data" / "teams.csv"

# Invented but believable pay, in pounds a year.
PAY = {
    "A": (23_700, 24_000),
    "B": (24_000, 24_800),
    "C": (24_800, 26_800),
    "D": (27_200, 30_300),
    "E": (31_000, 35_200),
    "F": (37_200, 41_800),
    "G": (43_200, 48_600),
    "H": (50_200, 57_200),
    "I": (60_000, 68_500),
    "J": (72_000, 82_000),
    "K": (88_000, 100_000),
}

LEADERS = ["Area director"] * 2 + ["District manager"] * 4 + ["Administrator"]
OFFICERS = ["Service manager"] + ["Workforce development officer"] * 8
COUNTY_SERVICES = [
    "Service manager",
    "Senior practitioner",
    "Social worker",
    "Administrator",
]
FIELD_TEAM = [
    "Team manager",
    "Social worker",
    "Newly qualified social worker",
    "Children and families support worker",
    "Assistant team manager",
    "Practice educator",
    "Personal assistant",
]
SPECIALISTS = {
    TeamKind.INTENSIVE: [
        "Team manager",
        "Intensive worker",
        "Domestic abuse worker",
        "Mental health worker",
    ],
    TeamKind.YOUTH_JUSTICE: [
        "Team manager",
        "Youth justice worker",
        "Youth justice worker",
        "Social worker",
    ],
    TeamKind.RECEPTION: [
        "Team manager",
        "Social work apprentice",
        "Social worker",
        "Administrator",
        "Social worker",
        "Early help worker",
    ],
}
COUNTY_KINDS = {TeamKind.FOSTERING, TeamKind.ADOPTION}

# People you can sign in as: e-mail, name, team, role, granted roles.
NAMED = [
    (
        "manager@example.org",
        "Maggie Thornhill",
        "Family Help Basingstoke North",
        "Team manager",
        [],
    ),
    (
        "social.worker@example.org",
        "Sam Okafor",
        "Family Help Basingstoke North",
        "Social worker",
        [],
    ),
    (
        "graduate@example.org",
        "Gita Rao",
        "Family Help Basingstoke North",
        "Newly qualified social worker",
        [],
    ),
    (
        "educator@example.org",
        "Edie Marlow",
        "Family Help Basingstoke North",
        "Practice educator",
        ["practice_educator"],
    ),
    (
        "hiring.manager@example.org",
        "Hugh Penrose",
        "Family Help Basingstoke South",
        "Team manager",
        ["hiring_manager"],
    ),
    (
        "panel@example.org",
        "Pearl Anstey",
        "Family Help Basingstoke South",
        "Assistant team manager",
        ["panel_member"],
    ),
    (
        "officer@example.org",
        "Olu Fairweather",
        "Workforce Development",
        "Workforce development officer",
        ["workforce_development_officer"],
    ),
    (
        "trainer@example.org",
        "Tilda Brightwell",
        "Adoption Team",
        "Senior practitioner",
        ["trainer"],
    ),
    (
        "hr@example.org",
        "Harriet Rowe",
        "Children's Social Care Leadership",
        "Administrator",
        ["hr_admin"],
    ),
]

# People who do not work here.
OUTSIDERS = [
    ("job.seeker@example.org", "Jo Castle", {}),
    ("returner@example.org", "Rita Holm", {}),
    ("admin@example.org", "Ada Keeper", {"is_superuser": True}),
]


def load(today):
    """Load teams, people and posts, unless they are there."""
    if Team.objects.exists():
        return
    load_pay(today)
    teams = load_teams()
    places = fill_places(teams)
    users = load_users([person for person, *_ in places])
    load_staff(today, places, users)
    put_in_order(teams)
    load_posts(today)


def load_pay(today):
    grades = {grade.letter: grade for grade in Grade.objects.all()}
    april = date(today.year if today >= date(today.year, 4, 1) else today.year - 1, 4, 1)
    GradeRange.objects.bulk_create(
        GradeRange(
            grade=grades[letter],
            lowest=lowest,
            highest=highest,
            starts_on=april,
            source="Invented for the demo",
        )
        for letter, (lowest, highest) in PAY.items()
    )


def load_teams():
    """Create the teams, each covered by the next of its kind, and return (team, size) pairs."""
    districts = {district.name: district for district in District.objects.all()}
    places = {place.name: place for place in Place.objects.all()}
    with TEAMS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    teams = Team.objects.bulk_create(
        Team(
            name=row["name"],
            slug=slugify(row["name"]),
            kind=row["kind"],
            district=districts[row["district"]],
            place_name=row["place"],
            latitude=places[row["place"]].latitude,
            longitude=places[row["place"]].longitude,
        )
        for row in rows
    )
    for team in teams:
        kin = [other for other in teams if other.kind == team.kind and other != team]
        team.covering_team = kin[teams.index(team) % len(kin)] if kin else teams[0]
    Team.objects.bulk_update(teams, ["covering_team"])
    return [(team, int(row["people"])) for team, row in zip(teams, rows, strict=True)]


def roles_of(team, size):
    if team.kind == TeamKind.LEADERSHIP:
        pattern = LEADERS
    elif team.kind == TeamKind.WORKFORCE:
        pattern = OFFICERS
    elif team.kind in COUNTY_KINDS:
        pattern = COUNTY_SERVICES
    else:
        pattern = SPECIALISTS.get(team.kind, FIELD_TEAM)
    return [pattern[number % len(pattern)] for number in range(size)]


def fill_places(teams):
    """Return (person, team, role name) for everybody; the named people take their seats first."""
    seats = [(team, role) for team, size in teams for role in roles_of(team, size)]
    named = {}
    for email, name, team_name, role, granted in NAMED:
        seat = next(
            number
            for number, (team, at) in enumerate(seats)
            if team.name == team_name and at == role and number not in named
        )
        named[seat] = (email, name, granted)
    taken = {name for _, name, *_ in NAMED} | {name for _, name, _ in OUTSIDERS}
    names = iter(
        name for name in invented_names(len(seats) + len(taken), seed=11) if name not in taken
    )
    filled = []
    for number, (team, role) in enumerate(seats):
        if number in named:
            person = named[number]
        else:
            name = next(names)
            person = (address(name), name, granted_with(role))
        filled.append((person, team, role))
    return filled


def granted_with(role):
    return {
        "Workforce development officer": ["workforce_development_officer"],
        "Practice educator": ["practice_educator"],
    }.get(role, [])


def load_users(people):
    """Create everybody's account, all with the demo's one password, and return them by e-mail."""
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        [
            User(email=email, full_name=name, roles=granted, password=password)
            for email, name, granted in people
        ]
        + [
            User(email=email, full_name=name, password=password, **fields)
            for email, name, fields in OUTSIDERS
        ]
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return {user.email: user for user in users}


def load_staff(today, places, users):
    chance = random.Random(12)
    roles = {role.name: role for role in Role.objects.all()}
    members = []
    for number, ((email, *_), team, role_name) in enumerate(places):
        role = roles[role_name]
        started = today - timedelta(days=chance.randint(150, 5000))
        if role_name == "Newly qualified social worker":
            started = today - timedelta(days=chance.randint(40, 330))
        named = email in {person[0] for person in NAMED}
        members.append(
            StaffMember(
                user=users[email],
                employee_number=f"E{40_000 + number * 7}",
                role=role,
                team=team,
                weekly_hours=37 if named else chance.choice([37, 37, 37, 37, 30, 22.2]),
                started_on=started,
                registration_number=f"SW{999_001 + number}" if role.needs_registration else "",
            )
        )
    StaffMember.objects.bulk_create(members)


def put_in_order(teams):
    """Give everybody a line manager: team, then district or service, then area director."""
    members = list(StaffMember.objects.select_related("role", "team__district").order_by("pk"))
    directors = [member for member in members if member.role.name == "Area director"]
    districts = [member for member in members if member.role.name == "District manager"]
    for team, _ in teams:
        people = [member for member in members if member.team_id == team.pk]
        head = people[0]
        team.manager = head
        for member in people[1:]:
            member.line_manager = head
        if team.kind != TeamKind.LEADERSHIP:
            head.line_manager = districts[team.pk % len(districts)]
            if head.role.name == "Service manager":
                head.line_manager = directors[team.pk % 2]
    for number, manager in enumerate(districts):
        manager.line_manager = directors[number % 2]
    directors[0].line_manager = None
    directors[1].line_manager = None
    StaffMember.objects.bulk_update(members, ["line_manager"])
    Team.objects.bulk_update([team for team, _ in teams], ["manager"])


def load_posts(today):
    """One post for each person, and a few empty ones; hub posts began with money that ends."""
    members = list(StaffMember.objects.select_related("team", "role").order_by("pk"))
    posts = []
    for number, member in enumerate(members):
        hub = member.team.kind == TeamKind.INTENSIVE
        posts.append(
            Post(
                number=f"P{1000 + number}",
                role=member.role,
                team=member.team,
                weekly_hours=37,
                holder=member,
                funding_ends_on=today + timedelta(days=200) if hub and number % 2 else None,
                made_permanent_on=today - timedelta(days=400) if hub and not number % 2 else None,
            )
        )
    social_worker = Role.objects.get(name="Social worker")
    field = Team.objects.filter(kind=TeamKind.FAMILY_HELP)
    posts += [
        Post(number=f"P{2000 + number}", role=social_worker, team=team)
        for number, team in enumerate(field)
    ]
    Post.objects.bulk_create(posts)

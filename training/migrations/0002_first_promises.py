"""The allowance and the programmes as the council's articles describe them: data, changed in the admin."""

from datetime import date

from django.db import migrations

ARTICLE_2018 = "Council article on the practice framework, 13 September 2018"
ARTICLE_2022 = "Council article on three careers, 6 June 2022"

PROGRAMMES = [
    {
        "scheme": "gets",
        "name": "Graduate Employment Training Scheme",
        "length_months": 12,
        "starts_on": date(2017, 9, 1),
        "ends_on": date(2022, 6, 5),
        "summary": "One year: an induction month, placements in different teams, then half a year in a vacant post.",
        "source": ARTICLE_2018,
        "phases": [
            ("Induction", 1, 1, "Getting to know the service, with no caseload."),
            ("Placements", 2, 6, "Time in different teams to see the whole of the work."),
            ("In a post", 7, 12, "A vacant frontline post, supported through the first assessed year."),
        ],
    },
    {
        "scheme": "gets",
        "name": "Graduate Entry Training Scheme",
        "length_months": 24,
        "starts_on": date(2022, 6, 6),
        "ends_on": None,
        "summary": "Two years, going on beyond the assessed first year, with protected time and a protected caseload.",
        "source": ARTICLE_2022,
        "phases": [
            ("Frontline practice", 1, 6, "Several months in a safeguarding team."),
            ("The assessed year", 7, 12, "A protected caseload, a practice educator and time to learn."),
            ("Growing into the role", 13, 24, "Gradual steps that are agreed with you, still with protected time."),
        ],
    },
    {
        "scheme": "asye",
        "name": "Assessed and supported year in employment",
        "length_months": 12,
        "starts_on": date(2012, 9, 1),
        "ends_on": None,
        "summary": "The first year in practice: a smaller workload, regular supervision and reviews at 3, 6, 9 and 12 months.",
        "source": "Skills for Care, ASYE child and family",
        "phases": [
            ("To the first review", 1, 3, "Weekly supervision for six weeks, then every fortnight."),
            ("To the halfway review", 4, 6, "Supervision at least every fortnight and a first observation."),
            ("To the end of the year", 7, 12, "Monthly supervision, two more observations and the portfolio."),
        ],
    },
    {
        "scheme": "apprenticeship",
        "name": "Social work degree apprenticeship",
        "length_months": 36,
        "starts_on": date(2019, 9, 1),
        "ends_on": None,
        "summary": "A degree while you work in a team, with a protected study day and placements away from home ground.",
        "source": ARTICLE_2022,
        "phases": [],
    },
]  # fmt: skip


def write_down_promises(apps, schema_editor):
    """Add what is not there yet; safe to run again."""
    policy = apps.get_model("training", "AllowancePolicy")
    policy.objects.get_or_create(
        starts_on=date(2022, 4, 1),
        defaults={
            "days": 5,
            "scope": "all_staff",
            "pro_rata_by_hours": True,
            "pro_rata_by_start": True,
            "source": ARTICLE_2022,
        },
    )
    version = apps.get_model("training", "ProgrammeVersion")
    phase = apps.get_model("training", "ProgrammePhase")
    for row in PROGRAMMES:
        fields = {name: row[name] for name in row if name != "phases"}
        key = {"scheme": fields.pop("scheme"), "starts_on": fields.pop("starts_on")}
        made, _ = version.objects.get_or_create(**key, defaults=fields)
        for name, first, last, words in row["phases"]:
            phase.objects.get_or_create(
                version=made,
                first_month=first,
                defaults={"name": name, "last_month": last, "what_happens": words},
            )


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [migrations.RunPython(write_down_promises, migrations.RunPython.noop)]

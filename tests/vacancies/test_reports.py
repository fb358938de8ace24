"""HR's figures: each report counts what its definition says, and its file is safe to open."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from applications.queries import untold_by_vacancy
from applications.states import ApplicationState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.organisation import (
    DistrictFactory,
    RoleFactory,
    StaffMemberFactory,
    TeamFactory,
)
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory, VacancyFactory
from tests.factories.vacancy_figures import CampaignFactory, PostFactory, ViewCountFactory
from tests.factories.vacancy_parts import SavedVacancyFactory
from vacancies.queries.reporting import ReportFilters
from vacancies.reports import REPORTS
from vacancies.reports.campaigns import assistants_needed, campaign_report

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def period(today):
    return ReportFilters(since=date(2026, 2, 1), until=today)


def cells(report, key, *columns):
    return [[str(row[column]) for column in columns] for row in report.table(key).rows]


def test_views_are_summed_by_source_week_and_advert(period, today):
    seen = LiveVacancyFactory(title="Seen")
    ViewCountFactory(vacancy=seen, day=date(2026, 3, 10), source="our_search", number=5)
    ViewCountFactory(vacancy=seen, day=date(2026, 3, 9), source="alert", number=2)
    ViewCountFactory(vacancy=seen, day=date(2026, 2, 3), source="alert", number=1)
    ViewCountFactory(vacancy=seen, day=date(2026, 1, 31), source="alert", number=90)

    report = REPORTS["views"](period, today)

    by_source, by_week = report.charts
    assert by_source.rows == [("Our own search", 5), ("Our e-mails", 3)]
    assert by_week.rows == [
        ("26 Jan 2026", 0), ("2 Feb 2026", 1), ("9 Feb 2026", 0), ("16 Feb 2026", 0),
        ("23 Feb 2026", 0), ("2 Mar 2026", 0), ("9 Mar 2026", 7),
    ]  # fmt: skip
    assert cells(report, "adverts", 0, 1, 2, 3) == [[f"Seen ({seen.reference})", "8", "5", "3"]]


def test_filters_leave_other_districts_and_families_out(today):
    here = LiveVacancyFactory(team=TeamFactory(district=DistrictFactory(slug="hart")))
    ViewCountFactory(vacancy=here, number=2)
    ViewCountFactory(number=7)
    ViewCountFactory(vacancy__role__family="leadership", number=4)

    def views(**filters):
        chosen = ReportFilters(since=date(2026, 2, 1), until=today, **filters)
        return REPORTS["views"](chosen, today).figures

    assert views() == [("13", "views in the period")]
    assert views(district="hart") == [("2", "views in the period")]
    assert views(family="leadership") == [("4", "views in the period")]


def test_applications_are_those_sent_in_the_period(period, today):
    wanted = LiveVacancyFactory(title="Wanted")
    quiet = LiveVacancyFactory(title="Quiet", role__family="leadership")
    sent = datetime(2026, 3, 3, 12, tzinfo=LONDON)
    SentApplicationFactory.create_batch(2, vacancy=wanted, submitted_at=sent)
    SentApplicationFactory(vacancy=wanted, submitted_at=sent - timedelta(days=90))
    ApplicationFactory(vacancy=quiet)
    ViewCountFactory(vacancy=wanted, number=50)
    SavedVacancyFactory(vacancy=wanted, saved_at=sent)
    SavedVacancyFactory(vacancy=wanted, saved_at=sent - timedelta(days=90))

    report = REPORTS["interest"](period, today)

    assert cells(report, "adverts", 0, 2, 3, 4, 5) == [
        [f"Wanted ({wanted.reference})", "50", "1", "2", "4.0"],
        [f"Quiet ({quiet.reference})", "0", "0", "0", ""],
    ]
    assert report.figures[0] == ("2", "applications sent")
    assert dict(report.charts[0].rows)["Social work"] == 2
    assert dict(report.charts[1].rows)["2 Mar 2026"] == 2


def filled(days, **fields):
    published = datetime(2026, 3, 9, 12, tzinfo=LONDON) - timedelta(days=days)
    return ClosedVacancyFactory(
        state="filled",
        published_at=published,
        filled_at=datetime(2026, 3, 9, 13, tzinfo=LONDON),
        **fields,
    )


def test_time_to_fill_is_the_median_of_whole_days(period, today):
    for days in (10, 20, 90):
        filled(days)
    filled(40, role__family="leadership")
    ClosedVacancyFactory()

    report = REPORTS["time-to-fill"](period, today)

    assert report.figures == [("30", "days, the median"), (4, "adverts filled in the period")]
    assert report.charts[0].rows == [("Social work", "20"), ("Leadership", "40")]
    assert [row[0] for row in cells(report, "adverts", 6)] == ["90", "40", "20", "10"]


def test_time_to_fill_without_a_filled_advert_says_so(period, today):
    report = REPORTS["time-to-fill"](period, today)

    assert report.figures == [("none", "days, the median"), (0, "adverts filled in the period")]


def test_stalls_name_each_advert_once_with_its_days(period, today):
    noon = datetime(2026, 3, 6, 12, tzinfo=LONDON)
    waits = VacancyFactory(
        state="awaiting_approval", submitted_at=noon, submitted_by=HRAdminFactory()
    )
    ready = VacancyFactory(state="approved", approved_at=noon, approved_by=HRAdminFactory())
    quiet = LiveVacancyFactory(opens_on=today - timedelta(days=7))
    busy = LiveVacancyFactory(opens_on=today - timedelta(days=7))
    LiveVacancyFactory(opens_on=today - timedelta(days=6))
    SentApplicationFactory.create_batch(2, vacancy=busy)
    over = ClosedVacancyFactory(closed_at=noon)
    untold = ClosedVacancyFactory(closed_at=noon)
    SentApplicationFactory(vacancy=untold)
    SentApplicationFactory(vacancy=untold, state=ApplicationState.UNSUCCESSFUL)
    SentApplicationFactory(vacancy=over, state=ApplicationState.WITHDRAWN)

    report = REPORTS["stalled"](period, today)

    assert cells(report, "awaiting", 0, 2) == [[str(waits), "5"]]
    assert cells(report, "approved", 0, 2) == [[str(ready), "5"]]
    assert cells(report, "live", 0, 2, 3) == [[str(quiet), "7", "0"]]
    assert cells(report, "closed", 0, 2) == [[str(over), "5"]]
    assert cells(report, "untold", 0, 2, 3) == [[str(untold), "5", "1"]]


def test_those_untold_are_counted_for_each_advert():
    waiting, decided = LiveVacancyFactory.create_batch(2)
    for state in ("submitted", "interview", "hired", "withdrawn"):
        SentApplicationFactory(vacancy=waiting, state=state)
    SentApplicationFactory(vacancy=decided, state="unsuccessful")
    ApplicationFactory(vacancy=decided)

    assert untold_by_vacancy([waiting.pk, decided.pk]) == {waiting.pk: 2}


def test_funded_posts_say_who_holds_them_and_whether_they_are_advertised(period, today):
    team, role = TeamFactory(name="Hub East"), RoleFactory(name="Mental health worker")
    holder = StaffMemberFactory(user=UserFactory(full_name="Ann Lee"))
    soon = today + timedelta(days=30)
    PostFactory(
        number="P2", role=role, team=team, funding_ends_on=soon, hub=TeamFactory(name="Hub")
    )
    PostFactory(number="P1", holder=holder, funding_ends_on=today + timedelta(days=400))
    PostFactory(funding_ends_on=soon, made_permanent_on=today)
    PostFactory()
    advert = LiveVacancyFactory(role=role, team=team)

    report = REPORTS["funded-posts"](period, today)

    assert cells(report, "posts", 0, 3, 4, 5, 6, 7) == [
        ["P2", "Hub", "2026-04-10", "30", "Vacant", advert.reference],
        ["P1", "", "2027-04-15", "400", "Ann Lee", "None"],
    ]
    assert report.figures == [
        (2, "posts with an end"),
        (1, "of them end within six months"),
        (1, "are vacant"),
    ]


def test_posts_made_permanent_are_counted_by_year(period, today):
    PostFactory(number="P1", made_permanent_on=date(2025, 5, 1))
    PostFactory(number="P2", made_permanent_on=date(2026, 2, 2))
    PostFactory(number="P3", made_permanent_on=date(2025, 9, 1))

    report = REPORTS["permanent-posts"](period, today)

    assert report.charts[0].rows == [("2025", 2), ("2026", 1)]
    assert [row[0] for row in cells(report, "posts", 0)] == ["P2", "P3", "P1"]
    assert report.figures == [(3, "posts in all"), (1, "of them in the period")]


@pytest.mark.parametrize(
    ("workers", "needed"), [(0, 0), (1, 1), (3, 1), (4, 2), (400, 134), (500, 167)]
)
def test_one_assistant_to_three_social_workers(workers, needed):
    assert assistants_needed(workers) == needed


def test_a_campaign_counts_what_is_filled_offered_and_advertised(today):
    campaign = CampaignFactory()
    worker = RoleFactory(slug="social-worker")
    filled(10, campaign=campaign, number_of_posts=2, role=worker)
    live = LiveVacancyFactory(campaign=campaign, number_of_posts=5, role=worker)
    for state in ("hired", "offered", "checks", "interview"):
        SentApplicationFactory(vacancy=live, state=state)
    VacancyFactory(campaign=campaign, number_of_posts=9)
    LiveVacancyFactory(number_of_posts=50)

    report = campaign_report(campaign, today)

    assert report.charts[0].rows == [
        ("Wanted", 100), ("Filled", 3), ("Offered", 2), ("Advertised", 2),
    ]  # fmt: skip
    told = {figure.words: (figure.number, figure.as_at) for figure in report.figures}
    assert told["posts still to be advertised"] == ("93", today)
    assert told["personal assistants for 400 social workers, as before"] == ("134", campaign.as_at)
    assert told["personal assistants for 500 social workers, when all posts are filled"] == (
        "167",
        campaign.as_at,
    )
    assert all(figure.source for figure in report.figures)


def test_a_campaign_warns_when_there_are_too_few_assistants(client, today):
    worker, assistant = RoleFactory(slug="social-worker"), RoleFactory(slug="personal-assistant")
    for number in range(4):
        PostFactory(role=worker, holder=StaffMemberFactory() if number else None)
    PostFactory(role=assistant, holder=StaffMemberFactory())
    campaign = CampaignFactory()

    held, there_are, advertised = campaign_report(campaign, today).ratios

    assert (held.social_workers, held.needed, held.missing) == (3, 1, 0)
    assert (there_are.social_workers, there_are.needed, there_are.missing) == (4, 2, 1)
    assert advertised.missing == 0
    client.force_login(HRAdminFactory())
    page = client.get(f"/admin/vacancies/campaign/{campaign.pk}/figures/").content.decode()
    assert (
        "Posts there are: 1 personal assistant for 4 social workers. One to 3 needs 2: 1 more."
        in page
    )


@pytest.mark.parametrize("key", sorted(REPORTS))
def test_each_report_has_a_page_and_its_tables_as_files(client, period, today, key):
    client.force_login(HRAdminFactory())
    ClosedVacancyFactory(title="=1+1")
    address = f"/admin/vacancies/reports/{key}/"

    page = client.get(address)
    assert page.status_code == 200
    for table in page.context["report"].tables:
        file = client.get(address, {"download": table.key})
        lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
        assert lines[0].split(",")[0] in ("Advert", "Post")
        assert not [line for line in lines if line.startswith(("=", '"='))]
    assert client.get(address, {"download": "nothing"}).status_code == 404


@pytest.mark.parametrize(
    "query", [{"since": "soon"}, {"until": "1900-13-45"}, {"since": "2026-03-11", "until": "2026-03-01"},
              {"district": "nowhere"}, {"family": "\x00"}, {"since": "0001-01-01"}],
)  # fmt: skip
def test_whatever_the_address_says_a_report_answers(client, today, query):
    client.force_login(HRAdminFactory())

    assert client.get("/admin/vacancies/reports/views/", query).status_code == 200


@pytest.mark.parametrize("query", [{"since": "0202-01-01"}, {"until": "9999-12-31"}])
def test_a_mistyped_year_draws_no_bar_for_each_week_of_centuries(client, today, query):
    client.force_login(HRAdminFactory())

    response = client.get("/admin/vacancies/reports/views/", query)

    assert response.context["form"].errors == {"since": ["Choose a period of 10 years at most."]}
    assert len(response.context["report"].charts[1].rows) < 20


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("key", "queries"),
    [("views", 8), ("interest", 9), ("time-to-fill", 5), ("stalled", 10), ("funded-posts", 6)],
)
def test_report_query_count(client, today, django_assert_num_queries, key, queries, count):
    client.force_login(HRAdminFactory())
    for _ in range(count):
        ViewCountFactory()
        filled(5)
        SentApplicationFactory(vacancy=ClosedVacancyFactory())
        PostFactory(funding_ends_on=today)
    address = f"/admin/vacancies/reports/{key}/"
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)

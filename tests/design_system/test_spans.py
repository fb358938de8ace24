"""The chart of months."""

from datetime import date

from django.template import Context, Template

from design_system.spans import SpanBar, SpanChart
from tests.design_system.page import read


def bar(first, last, look="solid", label="A job"):
    return SpanBar(look, date(*first, 1), date(*last, 1), label)


def chart(*bars, first=(2016, 1), last=(2025, 12)):
    return SpanChart(
        words="Two jobs",
        first=date(*first, 1),
        last=date(*last, 1),
        bars=list(bars),
        looks={"solid": "A job", "hatched": "Explained", "outlined": "To explain"},
    )


def test_bars_stand_where_their_months_are():
    drawn = chart(bar((2016, 1), (2016, 12)), bar((2021, 1), (2025, 12))).drawn

    assert [(bar["left"], bar["width"], bar["top"]) for bar in drawn] == [
        ("0.00", "10.00", 0),
        ("50.00", "50.00", 0),
    ]


def test_bars_that_overlap_lie_under_each_other_and_others_do_not():
    drawn = chart(
        bar((2016, 1), (2018, 6)), bar((2018, 6), (2020, 1)), bar((2018, 7), (2019, 1))
    ).drawn

    assert [bar["top"] for bar in drawn] == [0, SpanChart.LANE, 0]


def test_a_single_month_is_wide_enough_to_be_seen_and_stays_inside():
    [first, last] = chart(
        bar((1980, 1), (1980, 1)), bar((2025, 12), (2025, 12)), first=(1980, 1)
    ).drawn

    assert (first["left"], first["width"]) == ("0.00", "0.80")
    assert (last["left"], last["width"]) == ("99.20", "0.80")


def test_few_enough_years_are_named_to_be_read():
    named = [
        [year for year, _ in chart(first=(first, 1), last=(2025, 12)).years]
        for first in (2023, 2016, 1990, 1946)
    ]

    assert named == [
        [2023, 2024, 2025],
        [2016, 2018, 2020, 2022, 2024],
        [1990, 2000, 2010, 2020],
        [1960, 1980, 2000],
    ]


def test_the_drawing_says_its_words_and_names_the_looks_that_are_there():
    hostile = "<script>alert('x')</script>"
    page = read(
        Template("{% load design_system_tags %}{% span_chart chart %}").render(
            Context(
                {
                    "chart": chart(
                        bar((2016, 1), (2016, 3), "hatched", hostile), bar((2017, 1), (2017, 2))
                    )
                }
            )
        )
    )

    assert page.one("svg", role="img")["aria-label"] == "Two jobs"
    assert [item.text for item in page.one(css="hp-spans__key").all("li")] == ["A job", "Explained"]
    assert page.all("script") == []
    assert [
        rect.get("fill") for rect in page.one("svg", role="img").all("rect", css="hp-spans__bar")
    ] == [
        "url(#months-hatch)",
        None,
    ]


def test_a_chart_without_bars_is_as_high_as_one_with_a_bar():
    assert chart().height == chart(bar((2016, 1), (2016, 2))).height

from decimal import Decimal

import pytest
from django.template import Context, Template

from design_system.figures import BarChart, MapTile, Ring, TileMap, days_in_words
from tests.design_system.page import read


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 days"),
        (Decimal("0.5"), "½ day"),
        (0.5, "½ day"),
        (1, "1 day"),
        (Decimal("1.0"), "1 day"),
        (Decimal("1.5"), "1½ days"),
        (5, "5 days"),
        (10, "10 days"),
        (Decimal("0.25"), "0.25 day"),
        (Decimal("2.75"), "2.75 days"),
    ],
)
def test_days_are_said_as_people_say_them(number, words):
    assert days_in_words(number) == words


def shares(ring):
    """Both arcs as shares of the circle, in hundredths."""
    arcs = (ring.attended_arc, ring.booked_arc)
    return [round(100 * float(arc.split()[0]) / ring.circumference) for arc in arcs]


@pytest.mark.parametrize(
    ("attended", "booked", "total", "expected"),
    [
        (0, 0, 5, [0, 0]),
        (Decimal("2.5"), 1, 5, [50, 70]),
        (5, 0, 5, [100, 100]),
        (4, 3, 5, [80, 100]),
        (1, 1, 0, [0, 0]),
    ],
)
def test_the_ring_is_filled_by_what_is_attended_and_booked(attended, booked, total, expected):
    assert shares(Ring(attended=attended, booked=booked, total=total)) == expected


def test_the_ring_says_in_words_what_it_shows():
    template = Template("{% load design_system_tags %}{% ring attended=2.5 booked=1 total=5 %}")
    page = read(template.render(Context()))

    figure = page.one("svg", role="img")
    assert figure.one("title").text == "2½ days attended and 1 day booked out of 5 days"
    assert figure["aria-label"] == figure.one("title").text
    assert [item.text for item in page.all("li")] == [
        "2½ days attended",
        "1 day booked",
        "1½ days still to plan",
    ]


def test_the_longest_bar_fills_the_chart_and_the_others_their_share():
    chart = BarChart(title="Places", rows=[("Court", 40), ("Play", 10), ("None", 0)])

    assert [bar.share for bar in chart.bars] == [100, 25, 0]


def test_a_chart_of_nothing_has_no_bars():
    assert BarChart(title="Places", rows=[]).bars == []
    assert BarChart(title="Places", rows=[("Court", 0)]).bars[0].share == 0


def test_a_chart_is_a_table_that_reads_without_its_bars():
    template = Template(
        '{% load design_system_tags %}{% bar_chart "Places booked" rows "places" %}'
    )
    page = read(template.render(Context({"rows": [("Court <skills>", 40), ("Play", 10)]})))

    assert page.one("caption").text == "Places booked"
    assert [cell.text for cell in page.one("tbody").all("th")] == ["Court <skills>", "Play"]
    assert [cell.text for cell in page.one("tbody").all("td")] == ["40", "10"]
    assert all(figure["aria-hidden"] == "true" for figure in page.all("svg"))


TILES = [
    MapTile("Winchester", 2, 2, 8, "?district=winchester", is_chosen=True),
    MapTile("East Hampshire", 3, 2, 0, "?district=east-hampshire"),
    MapTile("Basingstoke and Deane", 1, 1, 1, "?district=basingstoke-and-deane"),
]


def map_page():
    template = Template(
        "{% load design_system_tags %}{% tile_map 'By district' tiles 'vacancy' 'vacancies' %}"
    )
    return read(template.render(Context({"tiles": TILES})))


def test_the_tiles_of_a_map_are_links_with_words_and_so_is_the_list_beside_it():
    page = map_page()

    assert [
        (link["href"], link.get("aria-label"), link.get("aria-current")) for link in page.all("a")
    ] == [
        ("?district=basingstoke-and-deane", "Basingstoke and Deane 1 vacancy", None),
        ("?district=winchester", "Winchester 8 vacancies", "true"),
        ("?district=basingstoke-and-deane", None, None),
        ("?district=winchester", None, "true"),
    ]


def test_a_tile_without_any_is_no_link_and_says_so():
    (tile,) = map_page().all("g")

    assert tile["aria-label"] == "East Hampshire 0 vacancies"


def test_tiles_stand_in_their_column_and_row_and_the_fullest_is_the_darkest():
    drawn = TileMap("By district", TILES, "vacancy", "vacancies")

    assert [(tile["name"], tile["left"], tile["top"], tile["shade"]) for tile in drawn.drawn] == [
        ("Basingstoke and Deane", 0, 0, 1),
        ("Winchester", 80, 62, 4),
        ("East Hampshire", 160, 62, 0),
    ]
    assert (drawn.width, drawn.height) == (236, 120)


def test_a_long_name_takes_two_lines():
    (tile,) = TileMap("Map", TILES[2:], "vacancy", "vacancies").drawn

    assert [text for text, _ in tile["lines"]] == ["Basingstoke", "and Deane"]

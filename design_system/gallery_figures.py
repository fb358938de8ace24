"""Examples for the gallery: what the figures drawn by the server show."""

from datetime import date

from design_system.figures import MapTile
from design_system.spans import SpanBar, SpanChart

FIGURES = {
    "map_tiles": [
        MapTile("Basingstoke and Deane", 1, 1, 12, "?district=basingstoke-and-deane"),
        MapTile("Hart", 2, 1, 3, "?district=hart"),
        MapTile("Rushmoor", 3, 1, 7, "?district=rushmoor"),
        MapTile("Test Valley", 1, 2, 5, "?district=test-valley"),
        MapTile("Winchester", 2, 2, 9, "?", is_chosen=True),
        MapTile("East Hampshire", 3, 2, 0, "?district=east-hampshire"),
    ],
    "chart_rows": [
        ("Safeguarding", 42),
        ("Direct work with children", 31),
        ("Court skills", 18),
        ("Supervision", 9),
    ],
    "months": SpanChart(
        words="Three jobs from 2014 on, a year of travel, and four months without a word",
        first=date(2014, 7, 1),
        last=date(2026, 11, 1),
        bars=[
            SpanBar("solid", date(2014, 9, 1), date(2017, 3, 1), "Care assistant"),
            SpanBar("hatched", date(2017, 4, 1), date(2018, 3, 1), "Travelling"),
            SpanBar("solid", date(2018, 4, 1), date(2022, 6, 1), "Support worker"),
            SpanBar("solid", date(2021, 1, 1), date(2026, 11, 1), "Foster carer"),
            SpanBar("outlined", date(2014, 7, 1), date(2014, 8, 1), "July to August 2014"),
        ],
        looks={"solid": "A job", "hatched": "Explained", "outlined": "To explain"},
    ),
}

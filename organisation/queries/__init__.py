from organisation.queries.places import (
    EARTH_RADIUS_MILES,
    POSTCODE,
    FoundPlace,
    Gazetteer,
    district_near,
    find_place,
    nearest_spellings,
    with_distance,
)
from organisation.queries.staff import (
    staff_member_of,
    staff_whose_manager_left,
    teams_whose_manager_left,
)
from organisation.queries.working_time import (
    WorkingTime,
    after_working_hours,
    is_away,
    working_time_of,
)

__all__ = [
    "EARTH_RADIUS_MILES",
    "POSTCODE",
    "FoundPlace",
    "Gazetteer",
    "WorkingTime",
    "after_working_hours",
    "district_near",
    "find_place",
    "is_away",
    "nearest_spellings",
    "staff_member_of",
    "staff_whose_manager_left",
    "teams_whose_manager_left",
    "with_distance",
    "working_time_of",
]

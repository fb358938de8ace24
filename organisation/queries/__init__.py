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
    is_working_day,
    who_is_away,
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
    "is_working_day",
    "nearest_spellings",
    "staff_member_of",
    "staff_whose_manager_left",
    "teams_whose_manager_left",
    "who_is_away",
    "with_distance",
    "working_time_of",
]

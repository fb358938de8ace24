def series_data(course, **changes):
    """What an officer types who plans six Tuesdays in spring."""
    data = {
        "course": course.pk,
        "name": "Spring",
        "first_on": "2030-02-05",
        "starts": "09:30",
        "ends": "15:30",
        "half_days": 2,
        "every_weeks": 1,
        "number": 6,
        "leaves_out_holidays": "on",
        "place_name": "The Mill",
        "capacity": 8,
        "minimum_people": 3,
        "decide_days_before": 7,
    }
    return data | changes

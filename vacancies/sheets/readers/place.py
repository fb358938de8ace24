"""Where it is: from a point, a place or a postcode, else where its team is."""

from functools import partial

from organisation.sheets.problems import Unreadable
from vacancies.sheets import words
from vacancies.sheets.texts import plain_line


def read_place(row):
    team = row.now("team")
    district = row.take("district", partial(row.lookups.named, "districts"))
    place, postcode = plain_line(row.text("place_name")), row.text("postcode")
    point = _point(row)
    spot = None
    if point and place:
        row.advert.fields |= {
            "place_name": place[:80],
            "postcode": postcode.upper()[:8],
            **point,
        }
    elif place or postcode:
        spot = _spot(row, place, postcode)
        if spot is None:
            return
    elif team:
        spot = team
    if spot:
        row.set("place_name", spot.place_name[:80])
        row.set("postcode", getattr(spot, "postcode", ""))
        row.set("latitude", spot.latitude)
        row.set("longitude", spot.longitude)
    row.set("district", district or getattr(spot, "district", None) or (team and team.district))


def _point(row):
    if not (row.text("latitude") and row.text("longitude")):
        return None
    latitude = row.take("latitude", partial(words.parse_decimal, lowest=-90, highest=90))
    longitude = row.take("longitude", partial(words.parse_decimal, lowest=-180, highest=180))
    if latitude is None or longitude is None:
        return None
    return {"latitude": float(latitude), "longitude": float(longitude)}


def _spot(row, place, postcode):
    try:
        return row.lookups.spot(place, postcode)
    except Unreadable as problem:
        row.wrong("postcode" if postcode else "place_name", str(problem))
        return None

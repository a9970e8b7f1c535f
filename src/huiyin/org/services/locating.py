"""Where compounds lie: set by hand, from a map or from a table, with an audit row. WGS-84."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.base.rules.workday_calendar import local_date
from huiyin.base.services import audit
from huiyin.org.models import Compound
from huiyin.org.rules import datums
from huiyin.org.rules.grants import ActingPost
from huiyin.org.rules.points import Point
from huiyin.org.selectors import mapping


@transaction.atomic
def locate(
    *, compound: Compound, point: Point | None, datum: str, by: ActingPost, at: datetime,
    address: str,
) -> Point | None:  # fmt: skip
    """Give a compound its point, or take it away; the point in WGS-84. Points of cases stay as they
    were filed. Raises points.PointElsewhere."""
    row = Compound.objects.select_for_update(of=("self",)).get(pk=compound.pk)
    before = _words(mapping.point_of(row)) if row.latitude is not None else "无"
    if point is not None:
        point = mapping.inside_the_city(datums.to_wgs84(point, datum), day=local_date(at))
    row.latitude = point.latitude if point else None
    row.longitude = point.longitude if point else None
    row.save(update_fields=["latitude", "longitude"])
    after = _words(point) if point else "无"
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=address, action="compound_located", subject=f"compound:{row.pk}",
        reason=f"{row.name}：{before} → {after}",
    )  # fmt: skip
    return point


def _words(point: Point) -> str:
    return f"{point.latitude:.5f}, {point.longitude:.5f}"

"""The permanent links behind QR codes: one for each place, made once, never counted."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from huiyin.base.models import Link
from huiyin.org.models import Building, Compound
from huiyin.portal.rules import posters

#: Advisory lock key: two who print at once do not make two links for one place.
LINK_LOCK = 7_040_031


@transaction.atomic
def links_for(
    *, compounds: Sequence[Compound], buildings: Sequence[Building] = (), at: datetime
) -> dict[tuple[str, int], Link]:
    """The link of each place by (kind, id); the missing ones are made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINK_LOCK])
    wanted = [("compound", c.pk, c.name) for c in compounds]
    wanted += [("building", b.pk, f"{b.compound.name}{b.name}") for b in buildings]
    known = known_links(compounds=compounds, buildings=buildings)
    missing = [
        Link(token=posters.new_token(secrets.choice), kind=kind, target_id=pk, label=name[:80],
             made_at=at)
        for kind, pk, name in wanted if (kind, pk) not in known
    ]  # fmt: skip
    Link.objects.bulk_create(missing)
    return known | {(link.kind, link.target_id): link for link in missing}


def known_links(
    *, compounds: Sequence[Compound], buildings: Sequence[Building] = ()
) -> dict[tuple[str, int], Link]:
    """The links in force that these places have already, by (kind, id)."""
    pool = Link.objects.filter(withdrawn_at__isnull=True)
    rows = pool.filter(kind="compound", target_id__in=[c.pk for c in compounds])
    if buildings:
        rows |= pool.filter(kind="building", target_id__in=[b.pk for b in buildings])
    return {(link.kind, link.target_id): link for link in rows.order_by("-made_at", "-token")}

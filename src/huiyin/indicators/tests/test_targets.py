"""A number stands beside its target, the last period, and a mark where its sample is small."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from huiyin.indicators import selectors
from huiyin.indicators.models import Target
from huiyin.indicators.rules import targets
from huiyin.indicators.tests.conftest import Browser
from huiyin.org.models import Area
from huiyin.registers import registry as ledgers
from huiyin.registers.services import writing
from huiyin.registers.services.reading import Reader
from huiyin.registers.services.writing import RowRefused, Source
from tests.cast import DAY, Cast, at


def _aim(cast: Cast, area: Area, amount: str, **more: Any) -> Target:
    register = ledgers.get("targets")
    raw = {"indicator": "诉求受理", "side": "不低于", "amount": amount, "document": "水办发〔2026〕3号",
           "valid_from": "2026-01-01"} | more  # fmt: skip
    values, area_id, problems = Reader(register, area, DAY.date()).row(raw)
    assert not problems
    assert area_id is not None
    row = writing.write(register, values, area_id=area_id, source=Source(cast.leader, DAY)).row
    assert isinstance(row, Target)
    return row


@pytest.mark.parametrize(
    ("value", "side", "small", "said"),
    [
        ("96.2", "at_least", False, ("目标不低于 95%，已达到", True)),
        ("93.8", "at_least", False, ("目标不低于 95%，还差 1.2", False)),
        ("95", "at_most", False, ("目标不高于 95%，已达到", True)),
        ("96", "at_most", False, ("目标不高于 95%，超出 1", False)),
        ("93.8", "at_least", True, ("目标不低于 95%", None)),
        (None, "at_least", False, ("目标不低于 95%", None)),
    ],
)
def test_a_value_is_said_beside_its_target(
    value: str | None, side: str, small: bool, said: tuple[str, bool | None]
) -> None:
    number = None if value is None else Decimal(value)

    assert targets.said(number, side=side, amount=Decimal(95), measure="%", small=small) == said


def test_the_target_of_the_place_itself_goes_before_that_of_the_place_above(cast: Cast) -> None:
    _aim(cast, cast.city, "100")
    own = _aim(cast, cast.county, "2")
    _aim(cast, cast.county, "9", valid_from="2026-12-01", side="不高于")

    assert selectors.targets_at(cast.county, DAY.date())["reports_received"] == own
    assert selectors.targets_at(cast.community, DAY.date())["reports_received"] == own
    assert selectors.targets_at(cast.city, DAY.date())["reports_received"].amount == "100"


@pytest.mark.parametrize(
    ("wrong", "said"), [({"indicator": "产值"}, "没有指标"), ({"amount": "95%"}, "只写数字")]
)
def test_a_target_that_cannot_be_is_refused_in_words(
    cast: Cast, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(RowRefused, match=said):
        _aim(cast, cast.county, **({"amount": "95"} | wrong))


def test_the_page_says_target_and_last_period_and_a_cut_number_has_no_target(
    cast: Cast, browser: Browser
) -> None:
    _aim(cast, cast.county, "3")
    cast.report(at=at("2026-08-20 10:00"))
    for day in ("2026-09-20 10:00", "2026-09-21 10:00"):
        cast.report(at=at(day), kind="complaint")
    asked = {"place": cast.county.code, "period": "2026-09"}
    leader = browser(cast.leader)

    whole = leader.get("/data/reports_received/", asked).content.decode()
    cut = leader.get("/data/reports_received/", asked | {"by": "kind:complaint"}).content.decode()

    assert "目标不低于 3 件，还差 1（水办发〔2026〕3号）" in whole
    assert "比上期多 1" in whole
    assert "目标" not in cut

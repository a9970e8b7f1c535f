"""Guards of what is asked from above: supervision, escalation, the leader on duty, looks at 自办件."""

from __future__ import annotations

from huiyin.cases.rules.facts import Facts
from huiyin.cases.rules.guarding import guard
from huiyin.org.rules import kinds


# -- supervision -------------------------------------------------------------------------------
@guard
def supervision_below_1(f: Facts) -> str | None:
    return "已催办过，可书面督办" if f.supervision >= 1 else None


@guard
def supervision_at_1(f: Facts) -> str | None:
    if f.supervision < 1:
        return "先催办，再书面督办"
    return "已书面督办过" if f.supervision > 1 else None


@guard
def supervision_at_2(f: Facts) -> str | None:
    if f.supervision < 2:
        return "先书面督办，再发提醒函"
    return "提醒函已发过" if f.supervision > 2 else None


@guard
def alert_waits(f: Facts) -> str | None:
    return None if "alert" in f.waits_for else "没有等值班领导知悉的报告"


@guard
def coordination_waits(f: Facts) -> str | None:
    return None if "coordinate" in f.waits_for else "没有等协调的提级"


@guard
def supervision_waits(f: Facts) -> str | None:
    return None if "supervision_answer" in f.waits_for else "没有等答复的督办"


@guard
def not_escalated(f: Facts) -> str | None:
    return "已提级" if f.escalated else None


# -- 自办件 -------------------------------------------------------------------------------------
@guard
def on_spot_not_drawn(f: Facts) -> str | None:
    if not f.on_spot:
        return "此件不是自办件"
    return "已抽中过" if f.look is not None else None


@guard
def on_spot_look_open(f: Facts) -> str | None:
    if f.look is None:
        return "此件没有抽中核看"
    return "已核看过" if f.look else None


@guard
def on_spot_found_untrue(f: Facts) -> str | None:
    return None if f.look == "untrue" else "核看没有说不属实"


@guard
def looker_is_the_subdistrict(f: Facts) -> str | None:
    """Who handled on the spot is of the community, a team or a firm: none of them looks."""
    return None if f.unit_kind == kinds.UNIT_SUBDISTRICT else "自办件由街道（乡镇）核看"

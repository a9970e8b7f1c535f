"""Where the compounds of the demonstration stand: invented, near the real towns, WGS-84."""

from __future__ import annotations

from decimal import Decimal

POINTS: dict[str, tuple[str, str]] = {
    "新天地小区": ("28.62840", "104.41310"),
    "枫叶新城小区": ("28.63620", "104.40480"),
    "天福园小区": ("28.62310", "104.40220"),
    "盐丰小区": ("28.63050", "104.41760"),
    "金江花园小区": ("28.63260", "104.41420"),
    "云水人家小区": ("28.63190", "104.41980"),
    "横江雅苑小区": ("28.62600", "104.41650"),
    "兴化苑小区": ("28.62930", "104.40870"),
    "温泉国际小区": ("28.61820", "104.41150"),
    "双江佳园小区": ("28.63780", "104.41640"),
    "田坝老粮站家属院": ("28.62480", "104.40560"),
    "邵女坪安置小区": ("28.61270", "104.39840"),
    "安江移民安置小区（北区）": ("28.63960", "104.40090"),
    "凤凰城小区": ("27.35120", "103.72830"),
    "母鹿新苑小区": ("27.34780", "103.73260"),
    "崇义佳园小区": ("27.33860", "103.71540"),
    "幸福馨居小区": ("27.31940", "103.70290"),
    "文屏花园小区": ("27.19230", "103.55870"),
}


def of(compound: str) -> tuple[Decimal, Decimal] | None:
    """Latitude and longitude of a compound, None where none was invented."""
    point = POINTS.get(compound)
    return None if point is None else (Decimal(point[0]), Decimal(point[1]))

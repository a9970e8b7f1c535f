"""Invented letters for the tests: what is complained of in three classes, at ten invented places."""

from __future__ import annotations

PLACES = (
    "青禾", "云栖", "南桥", "翠屏", "望江", "松林", "文峰", "东湖", "北苑", "金穗",
)  # fmt: skip
MATTERS = {
    "水电": ("{place}小区停水两天，自来水公司没有通知", "{place}小区晚上停电，供电所电话打不通"),
    "教育": ("{place}小学开学，孩子入学报名材料怎么交", "{place}幼儿园老师收取补课费，家长有意见"),
    "环境": ("{place}化工厂排放污水，河里的鱼都死了", "{place}垃圾场臭气熏天，污染空气"),
}
EXTRA = ("已经三天", "大家都急", "请尽快处理")


def letters() -> tuple[list[str], list[str]]:
    """60 texts and their classes, class by class, all different."""
    texts, labels = [], []
    for label, patterns in MATTERS.items():
        for at, place in enumerate(PLACES):
            for pattern in patterns:
                texts.append(f"{pattern.format(place=place)}，{EXTRA[at % 3]}。")
                labels.append(label)
    return texts, labels

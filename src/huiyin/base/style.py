"""The living style page /style/, only with HUIYIN_DEBUG: every partial, with 0, 1 and 200 rows.

Belongs to the layer of views. The people, firms and numbers are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.base import clock
from huiyin.base.forms import PlainForm
from huiyin.base.rules.looks import ICONS, TONES
from huiyin.base.rules.tables import Column, Pager, Tab

PAGES = ("public", "done", "list-0", "list-1", "list-200", "inbox", "case", "paper")

_TITLES = (
    "三栋二单元楼道声控灯不亮，老人晚上下楼看不见台阶",
    "地下车库入口积水",
    "昭通市水富市云富街道团结路社区滨江花园二期（含还房安置区）物业服务中心长期不公示公共收益和电梯维修资金使用情况，业主多次询问没有答复",
    "门口垃圾三天没有清运",
    "电梯停运两天",
)
_UNITS = (
    "滨江物业",
    "云富街道",
    "市住房和城乡建设局",
    "综合执法局",
    "昭通市水富市某某物业服务有限责任公司团结路分公司",
)
_STATES = (
    ("待签收", "waiting", 0.3, 0),
    ("办理中", "working", 0.5, 0),
    ("待审核", "waiting", 0.7, 0),
    ("办结", "solved", 1.0, 1),
    ("挂账", "paused", 0.5, 2),
    ("终止", "stopped", 1.0, 1),
)


class SampleForm(PlainForm):
    """One field of each kind."""

    text = forms.CharField(
        label="发生了什么", widget=forms.Textarea(attrs={"rows": 4}), help_text="写一两句就够。",
        error_messages={"required": "还没有写发生了什么，请写一两句"},
    )  # fmt: skip
    place = forms.CharField(label="在哪里", max_length=60)
    phone = forms.CharField(
        label="手机号", required=False, help_text="只用来告诉您结果。",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="属于哪一类", choices=[("", "请选择"), ("help", "求助"), ("complaint", "投诉")]
    )
    contact = forms.ChoiceField(
        label="谁可以联系您", widget=forms.RadioSelect,
        choices=[("direct", "可直接联系我"), ("relay", "只经热线或社区转接"), ("confidential", "保密")],
    )  # fmt: skip
    confidential = forms.BooleanField(
        label="代别人反映", required=False, help_text="回访时联系他本人。"
    )
    photo = forms.FileField(label="照片", required=False)


class SampleFilterForm(PlainForm):
    status = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("a", "办理中")]
    )
    unit = forms.CharField(label="单位", required=False)
    since = forms.DateField(
        label="派单起", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


@dataclass(frozen=True)
class SampleCase:
    """A row as a list page hands it over."""

    number: str
    title: str
    unit: str
    status: str
    tone: str
    share: float
    opened_at: datetime
    due_at: datetime | None
    ended: bool


def sample_cases(count: int, now: datetime) -> list[SampleCase]:
    """`count` invented cases, the same each time."""
    cases = []
    for n in range(count):
        word, tone, share, kind = _STATES[n % 6]
        cases.append(
            SampleCase(
                number=f"53068120261124{n:04d}", title=_TITLES[n % 5], unit=_UNITS[n % 5],
                status=word, tone=tone, share=share, opened_at=now - timedelta(hours=30 * n + 3),
                due_at=None if kind == 2 else now + timedelta(hours=(n * 19) % 130 - 20),
                ended=kind == 1,
            )
        )  # fmt: skip
    return cases


def style(request: HttpRequest, page: str = "") -> HttpResponse:
    """The gallery, or one sample page of PAGES."""
    if page and page not in PAGES:
        raise Http404
    now = clock.now()
    kind, _, rows = page.partition("-")
    wrong = SampleForm({"place": "滨江花园", "phone": "123"}) if "wrong" in request.GET else None
    context: dict[str, Any] = {
        "icons": ICONS,
        "tones": TONES,
        "shares": (0, 0.15, 0.3, 0.6, 0.85, 1),
        "form": wrong or SampleForm(),
        "wrong_form": SampleForm({"place": "滨江花园"}),
        "filter_form": SampleFilterForm(),
        "columns": _COLUMNS,
        "row_template": "base/_style_row.html",
        "rows": sample_cases(int(rows or 6), now),
        "tabs": [
            Tab("全部", "?", True, 12304), Tab("我单位主办", "?mine", count=18),
            Tab("今天到期", "?today", count=3), Tab("我的筛选：团结路社区电梯", "?x"),
        ],
        "pager": Pager("", "?after=50", 50, 12304, exact=False),
        "timeline": _timeline(now),
        "times": [now + timedelta(hours=h) for h in (51, 20, -5)],
        "empty_title": "没有待办的件",
        "empty_text": "派给本单位的件会出现在这里，最急的在最上面。",
        "heading": "工单",
        "basis": "本单位参与的全部工单，按派单时间，不含已并单",
        "pages": PAGES,
        "case": sample_cases(2, now)[1],
        "me": SimpleNamespace(name="演示员"),
        "posts": _POSTS,
    }  # fmt: skip
    return render(request, f"base/style_{kind or 'gallery'}.html", context)


_COLUMNS = (
    Column("编号"),
    Column("事项"),
    Column("剩余", "status"),
    Column("状态", "status"),
    Column("主办"),
    Column("受理", "time", wide=True, sort_url="?sort=opened", sorted="descending"),
    Column("天数", "number", wide=True),
)


@dataclass(frozen=True)
class SamplePost:
    unit_name: str
    role_label: str

    def may(self, grant: str) -> bool:
        return True


_POSTS = (
    SamplePost("水富市受理中心", "派单员"),
    SamplePost("云富街道办事处综合行政执法办公室", "单位负责人"),
)


def _timeline(now: datetime) -> list[dict[str, Any]]:
    def at(hours: int) -> datetime:
        return now - timedelta(hours=hours)

    return [
        {"what": "已答复", "at": at(2), "post": "滨江物业", "who": "项目经理", "tone": "working",
         "icon": "message", "words": "已换声控灯两盏，三栋二单元一至六层都试过。\n如再不亮请打物业值班电话。",
         "files": [{"url": "#", "label": "更换后.jpg"}, {"url": "#", "label": "更换前.jpg"}]},
        {"what": "首次联系", "at": at(25), "post": "滨江物业", "who": "项目经理", "icon": "phone",
         "tone": "closed", "detail": "电话，已联系上，约次日上午到现场"},
        {"what": "签收", "at": at(27), "post": "滨江物业", "who": "项目经理"},
        {"what": "派单", "at": at(28), "post": "水富市受理中心", "who": "派单员",
         "detail": "主办 滨江物业；协助 团结路社区"},
        {"what": "反映", "at": at(9500), "who": "居民", "icon": "person",
         "words": "楼道声控灯不亮好久了，老人晚上下楼看不见台阶。"},
    ]  # fmt: skip

"""Tags of all pages, rendered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template

from huiyin.base import registry
from huiyin.base.forms import PlainForm

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def rendered(source: str, **context: object) -> str:
    html = Template("{% load huiyin %}" + source).render(Context({"now": NOW, **context}))
    return " ".join(html.split())


def test_open_ring_becomes_a_closed_one_only_at_the_end() -> None:
    assert 'class="hy-ring"' in rendered("{% ring 0.99 %}")
    assert 'class="hy-ring hy-ring--closed"' in rendered("{% ring 1 %}")
    assert 'aria-label="进度 60%"' in rendered("{% ring 0.6 %}")


def test_an_unknown_icon_is_an_error_not_a_gap() -> None:
    with pytest.raises(Exception, match="no such icon: star"):
        rendered("{% icon 'star' %}")


def test_a_state_has_icon_word_and_colour() -> None:
    html = rendered("{% status '待签收' 'waiting' %}")

    assert "icons.svg#waiting" in html
    assert "待签收" in html
    assert "hy-status--waiting" in html


def test_overdue_says_by_how_much_against_the_now_of_the_page() -> None:
    html = rendered("{% due at %}", at=NOW - timedelta(hours=5))

    assert "超 5 小时" in html
    assert "hy-status--over" in html
    assert "<details" not in html


def test_a_due_date_opens_onto_its_explanation_and_basis() -> None:
    html = rendered("{% due at explanation='09-30 派出 → 10-13' basis='默认时限' %}",
                    at=NOW + timedelta(days=2, hours=3))  # fmt: skip

    assert "还剩 2 天 3 小时" in html
    assert "推算 09-30 派出 → 10-13" in html
    assert "依据 默认时限" in html


def test_a_clock_that_stands_still_says_so() -> None:
    assert "停表中" in rendered("{% due at %}", at=None)


def test_moment_names_the_year_on_paper_only() -> None:
    assert ">11-24 09:30</time>" in rendered("{% moment now %}")
    assert ">2026年11月24日 09:30</time>" in rendered("{% moment now %}", long_times=True)


def test_no_figure_is_a_dash_and_not_nought() -> None:
    assert rendered("{{ a|zh_number }} {{ b|zh_number }}", a=None, b=12300) == "— 12,300"


def test_masks_are_filters() -> None:
    assert rendered("{{ n|mask_name }} {{ p|mask_phone }}", n="欧阳小明", p="13800001234") == (
        "欧阳** 138****1234"
    )


class ReportForm(PlainForm):
    text = forms.CharField(label="发生了什么", help_text="写一两句就够。")
    phone = forms.CharField(label="手机号", required=False)
    contact = forms.ChoiceField(
        label="谁可以联系您", choices=[("direct", "可直接联系我")], widget=forms.RadioSelect
    )


def test_field_ties_help_and_error_to_its_control() -> None:
    html = rendered("{% field form.text %}", form=ReportForm({}))

    assert '<label class="hy-field__label" for="id_text">发生了什么</label>' in html
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'aria-invalid="true"' in html
    assert "请填写“发生了什么”" in html


def test_optional_field_says_so() -> None:
    assert "选填" in rendered("{% field form.phone %}", form=ReportForm())
    assert "选填" not in rendered("{% field form.text %}", form=ReportForm())


def test_radio_buttons_are_a_group_with_a_legend() -> None:
    html = rendered("{% field form.contact %}", form=ReportForm({"text": "灯不亮"}))

    assert "<legend" in html
    assert 'aria-describedby="id_contact_error"' in html


def test_slot_renders_what_is_registered_within_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_panels", {slot: [] for slot in registry.SLOTS})
    registry.register("case.side", lambda case, posts: ("base/_menu_group.html", {"label": case}))

    html = rendered("{% slot 'case.side' case %}", case="关联 <件>")

    assert html.endswith('<li class="hy-nav__group">关联 &lt;件&gt;</li>')


@pytest.mark.parametrize(
    ("path", "url", "current"),
    [
        ("/work/cases/", "/work/cases/", True),
        ("/work/cases/5306/", "/work/cases/", True),
        ("/work/cases/", "/work/", False),
        ("/work/", "/work/", True),
        ("/report/place/", "/report/", False),
    ],
)
def test_menu_entry_is_current_on_its_pages(path: str, url: str, current: bool) -> None:
    source = "{% if path|leads_to:url %}yes{% else %}no{% endif %}"

    assert rendered(source, path=path, url=url) == ("yes" if current else "no")

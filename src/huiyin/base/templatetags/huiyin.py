"""Tags and filters of all pages: `{% load huiyin %}`. How to use them: docs/visual.md."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, widgets
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from huiyin.base import registry
from huiyin.base.rules import masking, times
from huiyin.base.rules.addresses import ADDRESSES
from huiyin.base.rules.explanations import remaining_words
from huiyin.base.rules.local_defaults import CONTACT_HOURS
from huiyin.base.rules.looks import ICONS, TONES
from huiyin.base.rules.terms import TERMS
from huiyin.base.selectors import local_number

register = template.Library()


# -- drawings --------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, size: int = 16, label: str = "") -> SafeString:
    """An icon of the sprite. Without `label` it is decoration beside a word."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no such icon: {name}; there are {', '.join(ICONS)}")
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="hy-icon" width="{0}" height="{0}" focusable="false" {1}>'
        '<use href="{2}#{3}"></use></svg>',
        size, mark_safe(spoken), static("base/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def ring(share: float | str, size: int = 20, label: str = "") -> SafeString:
    """How far a case has come: 0 open, 1 closed ring. Spoken as `label`, else 进度 60%."""
    share = min(1.0, max(0.0, float(share)))
    around = 2 * math.pi * 8
    arc = around if share == 1 else min(share, 0.96) * around
    closed = "hy-ring hy-ring--closed" if share == 1 else "hy-ring"
    return format_html(
        '<svg class="{}" width="{}" height="{}" viewBox="0 0 20 20" role="img" aria-label="{}">'
        '<circle class="hy-ring__track" cx="10" cy="10" r="8"></circle>'
        '<circle class="hy-ring__arc" cx="10" cy="10" r="8" stroke-dasharray="{} {}"></circle></svg>',
        closed, size, size, label or f"进度 {round(share * 100)}%", f"{arc:.2f}", f"{around:.2f}",
    )  # fmt: skip


# -- states ----------------------------------------------------------------------------------
@register.inclusion_tag("base/_status.html")
def status(word: str, tone: str = "working", icon: str = "") -> dict[str, Any]:
    """A state: icon, word and colour. `tone`: one of rules.looks.TONES."""
    return {"word": word, "tone": tone, "icon": icon or TONES[tone]}


@register.inclusion_tag("base/_due.html", takes_context=True)
def due(
    context: template.Context,
    at: datetime | None,
    explanation: str = "",
    basis: str = "",
    soon_hours: int = 24,
) -> dict[str, Any]:
    """What is left of a time limit, against `now` of the page; None = the clock stands still.

    With `explanation` (Deadline.explanation) or `basis` it opens and says how the date came about.
    """
    now = context["now"]
    standing = times.standing(now, at, soon_hours=soon_hours)
    return {
        "now": now,
        "at": at,
        "standing": standing,
        "words": remaining_words(now, at),
        "icon": {"over": "overdue", "soon": "due-soon", "paused": "paused"}.get(standing, "clock"),
        "explanation": explanation,
        "basis": basis,
    }


@register.simple_tag(takes_context=True)
def moment(context: template.Context, at: datetime | None, none: str = "") -> str:
    """A time as <time>: “11-24 09:30”, the year only when it is another one than now.

    On paper (base/paper.html sets `long_times`) always “2026年11月24日 09:30”.
    """
    if at is None:
        return none
    long = times.long_time(at)
    return format_html(
        '<time class="hy-time" datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="minutes"), long,
        long if context.get("long_times") else times.short_time(at, now=context.get("now")),
    )  # fmt: skip


@register.filter
def zh_datetime(at: datetime | None, now: datetime | None = None) -> str:
    """“11-24 09:30”; `at|zh_datetime:now` adds the year when it is another one."""
    return times.short_time(at, now=now) if at else ""


@register.filter
def zh_date(day: date | None) -> str:
    """“2026年11月24日”."""
    return times.long_date(day) if day else ""


@register.filter
def zh_day(day: date | None) -> str:
    """“11-24”."""
    return times.short_date(day) if day else ""


@register.filter
def remaining(at: datetime | None, now: datetime) -> str:
    """`due_at|remaining:now`: “还剩 2 天 3 小时”, “超 5 小时”, “停表中”."""
    return remaining_words(now, at)


@register.filter
def zh_number(value: float | None) -> str:
    """“12,300”; None is a dash, because no figure is not nought."""
    return "—" if value is None else f"{value:,}"


# -- masks -----------------------------------------------------------------------------------
register.filter("mask_name", masking.mask_name)
register.filter("mask_phone", masking.mask_phone)
register.filter("mask_door", masking.mask_door)
register.filter("mask_text", masking.mask_text)
register.filter("mask_id_number", masking.mask_id_number)
register.filter("mask_plate", masking.mask_plate)


# -- forms -----------------------------------------------------------------------------------
_CLASSES: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxSelectMultiple, ""),
    (widgets.RadioSelect, ""),
    (widgets.CheckboxInput, "form-check-input"),
    (widgets.Select, "form-select"),
    (widgets.Textarea, "form-control"),
    (widgets.Input, "form-control"),
)


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """The bare widget with its class, for rows of filters; the label is the caller's."""
    return bound.as_widget(attrs={"class": _css(bound)})


def _css(bound: BoundField) -> str:
    widget = bound.field.widget
    name = next((css for kind, css in _CLASSES if isinstance(widget, kind)), "form-control")
    wrong = "is-invalid" if bound.errors and name else ""
    return " ".join(part for part in (widget.attrs.get("class", ""), name, wrong) if part)


@register.inclusion_tag("base/_field.html")
def field(bound: BoundField, hint: str = "", choices: str = "cards") -> dict[str, Any]:
    """A form field with label, help, error and 选填. `hint` replaces the field's help text.

    `choices` says how radio buttons and boxes stand: "cards" (big, public) or "inline" (staff).
    """
    widget = bound.field.widget
    group = isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple)
    spoken = bound.aria_describedby if group else ""
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "choices": choices,
        "group": group,
        "described_by": spoken,
        "single_box": isinstance(widget, widgets.CheckboxInput),
        "control": "" if group else bound.as_widget(attrs={"class": _css(bound)}),
    }


@register.inclusion_tag("base/_help.html")
def help(text: str, about: str = "") -> dict[str, Any]:
    """“?” that opens a longer explanation in place; not inside <p> or <label>."""
    return {"text": text, "about": about}


@register.inclusion_tag("base/_term.html")
def term(code: str) -> dict[str, Any]:
    """“?” behind a term of office, from rules.terms: `退单{% term "return_case" %}`. Inline."""
    entry = TERMS[code].filled(contact_hours=local_number(CONTACT_HOURS))
    return {"code": code, "entry": entry}


# -- slots and menu ----------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, subject: Any = None) -> SafeString:
    """What other apps registered for this place, for the `posts` of the page, in order."""
    parts = []
    assert context.template is not None  # set while a page is rendered
    engine = context.template.engine
    for file, own in registry.fill(name, subject, context.get("posts") or ()):
        part = engine.get_template(file)
        with context.push(**own):
            parts.append(part.render(context))
    return mark_safe("".join(parts))


@register.simple_tag
def address(name: str) -> str:
    """A stable address of another app: home, report, track, board, guides, work, data."""
    return ADDRESSES[name]


@register.filter
def leads_to(path: str, url: str) -> bool:
    """Whether a menu entry's `url` is the page `path` or a page above it."""
    return path == url or (url.count("/") > 2 and path.startswith(url))

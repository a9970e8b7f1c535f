"""Words of resident pages that stand in tables of rules: `{% load intake_words %}`."""

from __future__ import annotations

from django import template

from huiyin.intake.rules.first_look import CALLS

register = template.Library()


@register.filter
def call_word(number: str) -> str:
    """'119' → '火警救援'."""
    return CALLS.get(number, "")

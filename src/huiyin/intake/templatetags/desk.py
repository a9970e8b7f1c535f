"""Tags of the desk: `{% load desk %}`."""

from __future__ import annotations

from django import template

from huiyin.base.rules.workday_calendar import local_date
from huiyin.intake.services import knowledge
from huiyin.intake.services.knowledge import Fitting

register = template.Library()


@register.simple_tag(takes_context=True)
def answers_to(context: template.Context, said: str) -> list[Fitting]:
    """Answers of the knowledge base that fit what was said, on the day of the page's `now`."""
    return knowledge.fitting(said, day=local_date(context["now"]))

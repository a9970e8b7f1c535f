"""Small help for the templates of registers."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from huiyin.registers.rules.columns import Column
from huiyin.registers.selectors import ColumnSum

register = template.Library()


@register.filter
def of_column(sums: Mapping[str, ColumnSum], column: Column) -> str:
    """The sum of a column in words, "" where it has none."""
    found = sums.get(column.name)
    return found.words if found else ""

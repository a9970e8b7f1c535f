"""Filters that a person keeps as tabs over the list of cases."""

from __future__ import annotations

from huiyin.cases.models import SavedFilter

#: More tabs than this do not fit a line.
MOST = 12


class FilterRefused(Exception):
    """The filter was not kept. The message is Chinese and says what to do."""


def save(*, person_id: int, name: str, query: str) -> SavedFilter:
    """Keep a query string under a name; the same name is overwritten. Raises FilterRefused."""
    name = name.strip()[:20]
    if not name:
        raise FilterRefused("请给筛选起个名字")
    if not query:
        raise FilterRefused("没有筛选条件，不用保存")
    if len(query) > 400:
        raise FilterRefused("条件太长，请少选几项")
    others = SavedFilter.objects.filter(person=person_id).exclude(name=name)
    if others.count() >= MOST:
        raise FilterRefused(f"最多保存 {MOST} 个，请先删去不用的")
    row, _ = SavedFilter.objects.update_or_create(
        person_id=person_id, name=name, defaults={"query": query}
    )
    return row


def drop(*, person_id: int, pk: int) -> bool:
    """Forget one filter of that person; False when it is not theirs or gone."""
    deleted, _ = SavedFilter.objects.filter(person=person_id, pk=pk).delete()
    return bool(deleted)

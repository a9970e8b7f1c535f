"""Texts of messages on the page 本地参数: edited there, sent once they are confirmed.

A change is a new row, so it stays known what residents were told under which document. Until it is
confirmed, the text that was confirmed before goes out, else the default.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from huiyin.base.kept import forget_all
from huiyin.base.services.defaults import DefaultRow, DefaultsProvider, register_defaults
from huiyin.messages import registry, selectors
from huiyin.messages.models import MessageTemplate
from huiyin.messages.rules import templates as rules
from huiyin.messages.rules.templates import MessageTemplateSeed


def text_of(code: str, values: Mapping[str, object]) -> str:
    """A message ready to be sent. KeyError for a message that nobody declared."""
    seed = registry.templates()[code]
    return rules.filled(selectors.confirmed_texts().get(code, seed.text), values)


def rows() -> list[DefaultRow]:
    """Every message with its newest text, in order of declaration."""
    newest, confirmed = selectors.newest_texts(), selectors.newest_confirmed_texts()
    return [
        _row(seed, newest.get(seed.code), confirmed.get(seed.code, seed.text))
        for seed in registry.templates().values()
    ]


def _row(seed: MessageTemplateSeed, row: MessageTemplate | None, sent: str) -> DefaultRow:
    waiting = row is not None and row.confirmed_on is None
    return DefaultRow(
        key=seed.code, label=seed.label, value=row.text if row else seed.text,
        origin=f"本地修改；确认之前仍发“{sent}”" if waiting else seed.origin,
        document=row.document if row else "", confirmed_on=row.confirmed_on if row else None,
        confirmed_by_name=row.confirmed_by_name if row else "", raw=row.text if row else seed.text,
        group="消息", placeholders=seed.placeholders,
    )  # fmt: skip


@transaction.atomic
def confirm(*, key: str, document: str, confirmed_on: date, by_name: str) -> None:
    """Write 文号 and date under the newest text; from now on it is sent. ValueError in Chinese."""
    if not document.strip():
        raise ValueError("请填写文号")
    seed = _seed(key)
    row = MessageTemplate.objects.select_for_update().filter(code=key).order_by("-id").first()
    if row is None:
        row = MessageTemplate(code=key, text=seed.text, made_on=confirmed_on)
    row.document, row.confirmed_on, row.confirmed_by_name = document.strip(), confirmed_on, by_name
    row.save()
    transaction.on_commit(forget_all)


def change(*, key: str, raw: str, from_day: date) -> None:
    """Another text, 待本地确认 until it is confirmed. ValueError in Chinese."""
    seed, text = _seed(key), raw.strip()
    wrong = rules.problem(text, seed.placeholders)
    if wrong:
        raise ValueError(wrong)
    MessageTemplate.objects.create(code=key, text=text, made_on=from_day)
    transaction.on_commit(forget_all)


def _seed(key: str) -> MessageTemplateSeed:
    seed = registry.templates().get(key)
    if seed is None:
        raise ValueError("没有这个消息模板，请刷新页面")
    return seed


PROVIDER = register_defaults(
    DefaultsProvider(
        "messages", "消息模板", rows, confirm, change,
        note="修改的文字确认之后才发出；在此之前仍发原来的文字。",
    )
)  # fmt: skip

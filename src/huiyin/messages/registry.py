"""Who a recipient reference means, and how a channel sends: registered by apps above and by config.

A row of the outbox holds a reference such as `contact:12`, never a phone: there is no second copy
to erase. The resolver gives the address at the moment of sending, or None when it is gone.
"""

from __future__ import annotations

from collections.abc import Callable

from huiyin.messages.rules.templates import MessageTemplateSeed, problem

Resolver = Callable[[int], str | None]
Transport = Callable[[str, str], None]

_resolvers: dict[str, Resolver] = {}
_transports: dict[str, Transport] = {}
_templates: dict[str, MessageTemplateSeed] = {}


def register_resolver(kind: str, resolver: Resolver) -> None:
    _resolvers[kind] = resolver


def register_transport(channel: str, transport: Transport) -> None:
    """`transport(address, text)` sends or raises."""
    _transports[channel] = transport


def forget_transport(channel: str) -> None:
    _transports.pop(channel, None)


def transport(channel: str) -> Transport | None:
    """How a channel sends, None when this installation has no such channel."""
    return _transports.get(channel)


def address_of(reference: str) -> str | None:
    """The address behind `kind:id` now, or None when it was erased or never known."""
    kind, _, pk = reference.partition(":")
    resolver = _resolvers.get(kind)
    return resolver(int(pk)) if resolver else None


def declare_template(seed: MessageTemplateSeed) -> MessageTemplateSeed:
    """Add a message that an app sends; ValueError when it is there already or its text is wrong."""
    if _templates.setdefault(seed.code, seed) != seed:
        raise ValueError(f"message template declared twice: {seed.code}")
    wrong = problem(seed.text, seed.placeholders)
    if wrong:
        raise ValueError(f"{seed.code}: {wrong}")
    return seed


def templates() -> dict[str, MessageTemplateSeed]:
    """Every declared message by its code, in order of declaration."""
    return dict(_templates)

"""Small tables that every action reads (calendar, time limits), kept for some seconds per process.

A change is seen at once by the process that made it (it calls `forget_all`), by others within
SECONDS. Nothing is kept that decides who may see what.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")
SECONDS = 5.0
_all: list[Kept[Any]] = []


class Kept(Generic[T]):
    """`Kept(read)()` gives what `read` gave, at most SECONDS old."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read, self._until = read, 0.0
        self._value: T | None = None
        self.__doc__ = read.__doc__
        _all.append(self)

    def __call__(self) -> T:
        if time.monotonic() >= self._until:
            self._value = self._read()
            self._until = time.monotonic() + SECONDS
        return self._value  # type: ignore[return-value]

    def forget(self) -> None:
        self._until = 0.0


def forget_all() -> None:
    """After a change of such a table; tests call it between databases."""
    for kept in _all:
        kept.forget()

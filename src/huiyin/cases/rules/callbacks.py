"""Which answers of reporters give rates. Source: practice.md §1.3 (three ways of calling back), §1.5
(无抽样不出率)."""

from __future__ import annotations


def sample_of(mode: str, *, drawn: bool | None) -> str:
    """Which sample an answer belongs to: that of the mode, whoever gave or noted it.

    Who was not drawn and answers all the same chose themselves (or was chosen by somebody): such an
    answer moves the case but stays outside the rates.
    """
    if mode == "second_look":
        return "second_look"
    if drawn is False:
        return "self"
    return "random" if mode == "random" else "all"

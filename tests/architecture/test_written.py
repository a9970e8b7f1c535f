"""The reader of names follows variables back to what is written, and says when it cannot."""

from __future__ import annotations

import ast

import pytest

from tests.architecture import sources, written
from tests.architecture.sources import Module


def _module(text: str) -> Module:
    return Module("org", sources.PACKAGE / "org" / "panels.py", ast.parse(text))


def _read(text: str) -> set[str] | None:
    """What the argument of the last call may be."""
    module = _module(text)
    function = next((n for n in ast.walk(module.tree) if isinstance(n, sources.Function)), None)
    call = [n for n in ast.walk(module.tree) if isinstance(n, ast.Call)][-1]
    found = written.strings(call.args[0], module, function)
    return None if found is None else {name for name, _ in found}


@pytest.mark.parametrize(("text", "names"), [
    ("reverse('inbox')", {"inbox"}),
    ("NAME = 'inbox'\nreverse(NAME)", {"inbox"}),
    ("def f(x):\n  name = 'a' if x else 'b'\n  return reverse(name)", {"a", "b"}),
    ("def f():\n  for grant, name in (('g', 'a'), ('h', 'b')):\n    reverse(name)", {"a", "b"}),
    ("def f():\n  reverse({'x': 'a', 'y': 'b'}[kind])", {"a", "b"}),
    ("def f():\n  name = row.page\n  reverse(name)", None),
    ("def f(made_of_nothing):\n  reverse(made_of_nothing)", None),
    ("reverse('case_' + kind)", None),
])  # fmt: skip
def test_a_name_is_followed_to_where_it_is_written(text: str, names: set[str] | None) -> None:
    assert _read(text) == names


def test_a_parameter_stands_for_what_every_call_gives() -> None:
    """The menus of all apps are made by functions that take the name of a page."""
    module, menu = next((m, f) for m, f in sources.functions()["_menu"] if m.dotted == "org.panels")

    found = written.strings(ast.Name("name"), module, menu)

    assert found is not None
    assert ("account_list", "org") in {(name, said.app) for name, said in found}
    assert ("inbox", "cases") in {(name, said.app) for name, said in found}

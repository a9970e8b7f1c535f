"""The project as text: its apps in their order, modules, templates, URL names. Read once."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "huiyin"

Findings = list[str]


@dataclass(frozen=True)
class Module:
    """A Python file of an app; `inside` = its path in the app, as ("services", "filing.py")."""

    app: str
    path: Path
    tree: ast.Module

    @property
    def inside(self) -> tuple[str, ...]:
        return self.path.relative_to(PACKAGE / self.app).parts

    @property
    def dotted(self) -> str:
        """cases.views.inbox"""
        return ".".join((self.app, *self.inside)).removesuffix(".py")

    @property
    def layer(self) -> str:
        return self.inside[0].removesuffix(".py")

    def at(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


@dataclass(frozen=True)
class Template:
    """A template of an app; `name` = as {% include %} writes it."""

    app: str
    name: str
    text: str

    def at(self, position: int) -> str:
        return f"{self.app}/templates/{self.name}:{self.text.count(chr(10), 0, position) + 1}"


@cache
def layers() -> tuple[tuple[str, ...], ...]:
    """The apps from the highest layer to the lowest, as import-linter reads them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    first = contracts["contracts"][0]["layers"]
    return tuple(tuple(part.strip() for part in layer.split("|")) for layer in first)


@cache
def rank() -> dict[str, int]:
    """App → its layer, 0 the lowest."""
    return {app: n for n, layer in enumerate(reversed(layers())) for app in layer}


def may_know(app: str, other: str) -> bool:
    """Whether something in `app` may point at something in `other`."""
    return app == other or rank()[other] < rank()[app]


def app_of(module: str) -> str | None:
    """App of a dotted name; None outside the project."""
    parts = module.split(".")
    return parts[1] if parts[0] == "huiyin" and len(parts) > 1 else None


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the apps without tests and migrations."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        if len(parts) > 1 and not {"tests", "migrations"} & set(parts):
            found.append(Module(parts[0], path, ast.parse(path.read_text())))
    return tuple(found)


@cache
def templates() -> tuple[Template, ...]:
    found = []
    for app in sorted(rank()):
        folder = PACKAGE / app / "templates"
        for path in sorted(folder.rglob("*.html")):
            found.append(Template(app, path.relative_to(folder).as_posix(), path.read_text()))
    return tuple(found)


@cache
def template_apps() -> dict[str, str]:
    """Template name → the app that owns it."""
    return {t.name: t.app for t in templates()}


@cache
def url_apps() -> dict[str, str]:
    """URL name → the app whose view answers it."""
    from django.urls import URLPattern, get_resolver

    found: dict[str, str] = {}

    def walk(patterns: list[object]) -> None:
        for entry in patterns:
            if isinstance(entry, URLPattern):
                app = app_of(entry.callback.__module__)
                if entry.name and app:
                    found[entry.name] = app
            else:
                walk(entry.url_patterns)  # type: ignore[attr-defined]

    found |= {"style": "base", "style_page": "base"}  # the style page, there with HUIYIN_DEBUG=1
    walk(get_resolver().url_patterns)
    return found


def calls(module: Module, *names: str) -> list[ast.Call]:
    """Calls of a function of one of these names, however it was imported."""
    return [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node) in names
    ]


Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def functions() -> dict[str, tuple[tuple[Module, Function], ...]]:
    """Every function of the project by its name; the same name may stand for several."""
    found: dict[str, list[tuple[Module, Function]]] = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                found.setdefault(node.name, []).append((module, node))
    return {name: tuple(which) for name, which in found.items()}


@cache
def _calls_by_name() -> dict[str, tuple[tuple[Module, Function | None, ast.Call], ...]]:
    found: dict[str, list[tuple[Module, Function | None, ast.Call]]] = {}

    def walk(module: Module, node: ast.AST, inside: Function | None) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                found.setdefault(called(child), []).append((module, inside, child))
            walk(module, child, child if isinstance(child, Function) else inside)

    for module in modules():
        walk(module, module.tree, None)
    return {name: tuple(which) for name, which in found.items()}


def calls_in_functions(*names: str) -> list[tuple[Module, Function | None, ast.Call]]:
    """Calls of a function of one of these names with the innermost function they stand in."""
    return [call for name in names for call in _calls_by_name().get(name, ())]


@cache
def owner_of_path(text: str) -> str | None:
    """The app that answers a path that is written out; None for anything else."""
    from django.urls import Resolver404, resolve

    if not text.startswith("/") or text == "/" or text.startswith("//"):
        return None
    try:
        return app_of(resolve(text.split("?")[0]).func.__module__)
    except Resolver404:
        return None


def called(call: ast.Call) -> str:
    """Last part of what is called: `timezone.now()` → "now"."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def literal(call: ast.Call) -> str | None:
    """The first argument where it is written out as text."""
    if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
        return call.args[0].value
    return None


#: {% url variable %}; a path in an attribute; the name of a template.
URL_BY_VARIABLE = re.compile(r"{%-?\s*url\s+([^\"'\s%]+)")
WRITTEN_PATH = re.compile(r"[\"'](/[\w./-]*)[?\"']")
TEMPLATE_NAME = re.compile(r"[\w-]+/[\w./-]+\.html")
#: {% url "name" %}, {% include "file" %}, {% extends "file" %} with the text written out.
TAG = re.compile(r"{%-?\s*(url|include|extends)\s+([\"'])([^\"']+)\2")

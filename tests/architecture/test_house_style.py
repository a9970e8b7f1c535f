"""Those rules of docs/house-style.md that a machine can see."""

from __future__ import annotations

import ast

from tests.architecture import sources
from tests.architecture.sources import Findings, Module

LONGEST_FUNCTION, LONGEST_FILE = 60, 400
EMPTY_NAMES = ("utils", "helpers", "common", "misc", "manager", "managers", "signals")
DOCUMENTED = ("services", "selectors", "rules")


def _functions(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        n for n in ast.walk(module.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _length(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    said = ast.get_docstring(function, clean=False)
    start = (first.end_lineno or 0) + 1 if said is not None else function.lineno
    return (function.end_lineno or 0) - start + 1


def test_no_file_has_a_name_that_says_nothing() -> None:
    wrong = [
        str(m.path.relative_to(sources.ROOT))
        for m in sources.modules()
        if m.path.stem in EMPTY_NAMES
    ]

    assert not wrong, "\n".join(wrong)


def test_functions_fit_a_screen() -> None:
    wrong = [
        f"{m.at(f)} {f.name}: {_length(m, f)} lines"
        for m in sources.modules()
        for f in _functions(m)
        if _length(m, f) > LONGEST_FUNCTION
    ]

    assert not wrong, "\n".join(wrong)


def test_files_can_be_read_at_one_sitting() -> None:
    """A file of rows (the table of transitions, a catalogue) is data and may be longer."""
    wrong = []
    for module in sources.modules():
        n = len(module.path.read_text().splitlines())
        functions = sum(_length(module, f) for f in _functions(module))
        if n > LONGEST_FILE and functions > LONGEST_FILE // 4:
            wrong.append(f"{module.path.relative_to(sources.ROOT)}: {n} lines")

    assert not wrong, "\n".join(wrong)


def test_public_functions_of_services_selectors_and_rules_say_what_they_do() -> None:
    wrong: Findings = []
    for module in sources.modules():
        if module.layer not in DOCUMENTED:
            continue
        for node in module.tree.body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            registered = any(isinstance(d, ast.Name | ast.Call) for d in node.decorator_list)
            if node.name.startswith("_") or (registered and isinstance(node, ast.FunctionDef)):
                continue  # a guard or a stage is a row of a table: its name is its sentence
            if ast.get_docstring(node) is None:
                wrong.append(f"{module.at(node)} {node.name}")

    assert not wrong, "\n".join(wrong)


def test_domain_flow_knows_no_signals() -> None:
    """A reaction is a function among a case type's effects (docs/adr/0003)."""
    wrong: Findings = []
    for module in sources.modules():
        for node in ast.walk(module.tree):
            named = []
            if isinstance(node, ast.ImportFrom):
                named = [node.module or ""]
            elif isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            if any("signals" in n or n == "django.dispatch" for n in named):
                wrong.append(module.at(node))
        wrong += [module.at(c) for c in sources.calls(module, "receiver", "send_robust")]

    assert not wrong, "\n".join(wrong)


def test_models_neither_override_save_nor_order_themselves() -> None:
    wrong: Findings = []
    for module in sources.modules():
        if module.layer != "models":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete"):
                wrong.append(f"{module.at(node)} {node.name}()")
            if isinstance(node, ast.ClassDef) and node.name == "Meta":
                wrong += [
                    f"{module.at(a)} Meta.ordering"
                    for a in node.body
                    if isinstance(a, ast.Assign) and ast.unparse(a.targets[0]) == "ordering"
                ]

    assert not wrong, "\n".join(wrong)


def test_no_parameter_switches_behaviour_off() -> None:
    """Write the other function (docs/house-style.md 15)."""
    wrong: Findings = []
    for module in sources.modules():
        for function in _functions(module):
            named = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)]
            wrong += [
                f"{module.at(function)} {function.name}({name}=…)"
                for name in named
                if name.startswith(("skip_", "no_", "without_")) or name in ("log", "silent")
            ]

    assert not wrong, "\n".join(wrong)


def test_constraints_are_named_by_a_sentence() -> None:
    from django.apps import apps

    wrong: Findings = []
    for model in apps.get_models():
        if not model.__module__.startswith("huiyin."):
            continue
        wrong += [
            f"{model.__name__}: {c.name}"
            for c in model._meta.constraints
            if c.name.count("_") < 3 or c.name.endswith(("_uniq", "_check"))
        ]

    assert not wrong, "\n".join(wrong)

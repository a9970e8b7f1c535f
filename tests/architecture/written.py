"""Which texts an expression may stand for, followed back to where they are written out.

Through constants, loops over written rows, parameters (to every call of that function) and what
functions return. None = it cannot be followed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tests.architecture import sources
from tests.architecture.sources import Function, Module

Found = set[tuple[str, Module]]
DEPTH = 6


def constants(module: Module) -> Iterator[tuple[str, ast.Constant]]:
    """Every text that is written out in a module, without its docstrings."""
    said = {
        id(node.body[0].value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value, node


def strings(
    value: ast.expr, module: Module, function: Function | None, depth: int = DEPTH
) -> Found | None:
    """The texts that `value` may be, each with the module that writes it."""
    if depth == 0:
        return None
    if isinstance(value, ast.Constant):
        return {(value.value, module)} if isinstance(value.value, str) else set()
    if isinstance(value, ast.IfExp):
        return _all([value.body, value.orelse], module, function, depth)
    if isinstance(value, ast.BoolOp):
        return _all(value.values, module, function, depth)
    if isinstance(value, ast.Subscript) and isinstance(value.value, ast.Dict):
        return _all(value.value.values, module, function, depth)
    if isinstance(value, ast.Call):
        return _returned(value, depth)
    if isinstance(value, ast.Name):
        return _name(value.id, module, function, depth)
    return None


def _all(
    values: Sequence[ast.expr], module: Module, function: Function | None, depth: int
) -> Found | None:
    together: Found = set()
    for value in values:
        found = strings(value, module, function, depth - 1)
        if found is None:
            return None
        together |= found
    return together


def _returned(call: ast.Call, depth: int) -> Found | None:
    """What the project's functions of that name return."""
    together: Found = set()
    known = sources.functions().get(sources.called(call), ())
    if not known:
        return None
    for module, function in known:
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and node.value is not None:
                found = strings(node.value, module, function, depth - 1)
                if found is None:
                    return None
                together |= found
    return together


def _name(name: str, module: Module, function: Function | None, depth: int) -> Found | None:
    if function is not None:
        given = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
        alone = [a.arg for a in function.args.kwonlyargs]
        bound = _bound(name, function, module, function, depth)
        if bound is not None or name not in given + alone:
            if bound is None:
                outer = _enclosing(module, function)
                return _name(name, module, outer, depth)
            return bound
        return _argument(name, given.index(name) if name in given else None, function, depth)
    return _bound(name, module.tree, module, None, depth)


def _enclosing(module: Module, function: Function) -> Function | None:
    around = [
        f
        for _, f in (pair for pairs in sources.functions().values() for pair in pairs)
        if f is not function and any(node is function for node in ast.walk(f))
    ]
    return min(around, key=lambda f: len(list(ast.walk(f))), default=None)


def _bound(
    name: str, inside: ast.AST, module: Module, function: Function | None, depth: int
) -> Found | None:
    """Assignments of the name and loops over written rows, there; None when there is none."""
    together: Found = set()
    some = False
    for node in ast.walk(inside):
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == name for t in node.targets
        ):
            found = strings(node.value, module, function, depth - 1)
        elif (
            isinstance(node, ast.For | ast.comprehension) and _place(node.target, name) is not None
        ):
            found = _looped(node, name, module, function, depth)
        else:
            continue
        if found is None:
            return None
        some, together = True, together | found
    return together if some else None


def _place(target: ast.expr, name: str) -> int | None:
    """-1 = the target itself, else its place in a tuple of targets."""
    if isinstance(target, ast.Name):
        return -1 if target.id == name else None
    if isinstance(target, ast.Tuple):
        for n, one in enumerate(target.elts):
            if isinstance(one, ast.Name) and one.id == name:
                return n
    return None


def _looped(
    loop: ast.For | ast.comprehension, name: str, module: Module, function: Function | None,
    depth: int,
) -> Found | None:  # fmt: skip
    place = _place(loop.target, name)
    rows = loop.iter.elts if isinstance(loop.iter, ast.Tuple | ast.List) else None
    if rows is None or place is None:
        return None
    picked = [row.elts[place] if place >= 0 and isinstance(row, ast.Tuple) else row for row in rows]
    return _all(picked, module, function, depth)


def _argument(name: str, place: int | None, function: Function, depth: int) -> Found | None:
    """What the calls of a function give for a parameter, and its default."""
    together: Found = set()
    calls = sources.calls_in_functions(function.name)
    if not calls:
        return None
    for module, around, call in calls:
        value = next((k.value for k in call.keywords if k.arg == name), None)
        if value is None and place is not None and len(call.args) > place:
            value = call.args[place]
        if value is None:
            continue
        found = strings(value, module, around, depth - 1)
        if found is None:
            return None
        together |= found
    return together

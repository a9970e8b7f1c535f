"""The clock is read at the edge: views, commands, tasks, drill. Below, `at` is a parameter."""

from __future__ import annotations

import ast

from tests.architecture import sources
from tests.architecture.sources import Findings

#: Modules that may ask what time it is. `clock` is where the others ask.
EDGE = frozenset({
    "clock", "views", "api", "tasks", "management", "style", "access", "locking", "middleware",
    "context", "commands", "templatetags", "panels",
})  # fmt: skip
EDGE_APPS = frozenset({"drill"})
#: Names that read the clock when they are called, and those that do so without an argument.
READS = frozenset({"now", "utcnow", "today", "Now", "time_ns"})
READS_BARE = frozenset({"localtime", "localdate", "gmtime"})
#: Field options by which the database row gets a time of its own.
STAMPS = frozenset({"auto_now", "auto_now_add"})


def test_nothing_below_the_edge_reads_the_clock() -> None:
    wrong: Findings = []
    for module in sources.modules():
        if module.app in EDGE_APPS or module.layer in EDGE:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                name = sources.called(node)
                if name in READS or (name in READS_BARE and not node.args and not node.keywords):
                    wrong.append(f"{module.at(node)} {ast.unparse(node.func)}()")
                elif ast.unparse(node.func) == "time.time":
                    wrong.append(f"{module.at(node)} time.time()")
            elif isinstance(node, ast.keyword):
                stamped = node.arg in STAMPS
                passed = isinstance(node.value, ast.Attribute) and node.value.attr in READS
                if stamped or passed:
                    wrong.append(f"{module.at(node.value)} {node.arg}")

    assert not wrong, "\n".join(wrong)

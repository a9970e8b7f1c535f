"""huiyin docs: documents that are made from the code, so that they cannot be wrong."""

from __future__ import annotations

import argparse
import os

from huiyin.config import third_party
from huiyin.config.command import Answer
from huiyin.config.settings import ROOT

FOLDER = ROOT / "docs" / "generated"


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("--third-party", action="store_true", help="只重写 THIRD-PARTY.md")


def run(options: argparse.Namespace) -> Answer:
    if options.third_party:
        (ROOT / third_party.FILE).write_text(third_party.text(ROOT), encoding="utf-8")
        return Answer(
            {"ok": True, "written": [third_party.FILE]}, [f"已重新生成 {third_party.FILE}"]
        )
    written = stale()
    texts = generated()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in written:
        (ROOT / name).write_text(texts[name], encoding="utf-8")
    return Answer(
        {"ok": True, "written": written},
        [f"已重新生成 {name}" for name in written] or ["文档已是最新"],
    )


def generated() -> dict[str, str]:
    """Path below the project → text. Deterministic: no clock, no database, sorted where unordered."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    import django

    django.setup()
    from huiyin.cases.services import documenting as cases
    from huiyin.indicators.services import documenting as indicators
    from huiyin.org.services import documenting as org
    from huiyin.registers.services import documenting as registers

    return {
        "docs/generated/transitions.md": cases.transitions_markdown(),
        "docs/generated/deadlines.md": cases.deadlines_markdown(),
        "docs/generated/permissions.md": org.permissions_markdown(),
        "docs/generated/indicators.md": indicators.indicators_markdown(),
        "docs/generated/registers.md": registers.registers_markdown(),
    }


def stale() -> list[str]:
    """Paths whose text is not what the code says now, missing ones included."""
    found = []
    for name, text in generated().items():
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            found.append(name)
    return found

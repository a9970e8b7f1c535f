"""Where the real messages lie: beside the checkout, or where HUIYIN_REAL_DATA says. Never copied."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(
    os.environ.get("HUIYIN_REAL_DATA") or Path(__file__).resolve().parents[5] / "shared" / "data"
)


def real_file(name: str) -> Path:
    """The file, or a skip that says so."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"real data absent: {name} (HUIYIN_REAL_DATA names its folder)")
    return path

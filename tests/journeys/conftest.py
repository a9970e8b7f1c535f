"""Journeys: a browser per run, a page per role and size, and a clock that the story moves.

Every story runs at 1440×900 and at 390×844. Console errors, failed requests and answers of 400 and
more that the story does not expect fail it; pictures of a failed one are kept in var/journeys/.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from huiyin.base import clock as edge
from tests.cast import DAY, Cast
from tests.journeys.town import Clock, Town
from tests.journeys.visitor import DESK, PATIENCE_MS, PHONE, Size

PICTURES = Path(__file__).resolve().parents[2] / "var" / "journeys"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: $CHROMIUM, else the one on PATH (Debian's)."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not named:
        pytest.skip("端到端测试未运行：请安装 chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=named, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture(params=[DESK, PHONE], ids=lambda size: size.name)
def size(request: pytest.FixtureRequest) -> Size:
    return request.param


@pytest.fixture
def town(
    browser: Browser,
    live_server: Any,
    cast: Cast,
    size: Size,
    settings: Any,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Town]:
    """The cast's county on a Wednesday morning, 2026-09-30 09:00, before the long holiday."""
    clock = Clock(DAY)
    monkeypatch.setattr(edge, "now", clock.now)
    monkeypatch.setattr(edge, "today", clock.today)
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    made = Town(browser, live_server.url, cast, clock, size)
    made.prepare()
    yield made
    made.close()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Any:
    """A story that ends well must also have been without trouble; of any other, keep the screens."""
    town = pyfuncitem.funcargs.get("town")
    try:
        result = yield
        if town is not None:
            troubles = town.troubles()
            assert not troubles, "\n".join(troubles)
    except BaseException:
        if town is not None:
            town.keep_screens(PICTURES, re.sub(r"[^\w.-]+", "-", pyfuncitem.name))
        raise
    return result

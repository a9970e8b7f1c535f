"""Somebody at a browser: goes, presses, fills in and reads by the words on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
#: Longer than any page takes, also on a machine that does other things beside.
PATIENCE_MS = 15_000
#: Findings that fail a test; the others are taste.
GRAVE = ("serious", "critical")
_AXE_RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter(v => %s.includes(v.impact))
  .map(v => v.id + "：" + v.help + "\\n    " + v.nodes.slice(0, 5)
    .map(n => n.target.join(" ") + "  " + n.html.slice(0, 160)
      + "\\n      " + n.any.concat(n.all, n.none).map(c => c.message).join("；").slice(0, 200))
    .join("\\n    "))"""
_TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= window.innerWidth + 1) { return []; }
  return Array.from(document.querySelectorAll("main *, header *, nav *, footer *"))
    .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 5).map(e => e.tagName + "." + e.className + " " + (e.textContent || "").trim().slice(0, 30));
}"""


@dataclass(frozen=True)
class Size:
    """A screen. `phone`: with touch, and the page's own width is asked for."""

    name: str
    width: int
    height: int
    phone: bool = False


DESK = Size("1440", 1440, 900)
PHONE = Size("390", 390, 844, phone=True)


def sender(form: Locator, action: str) -> Locator:
    """The button that sends a form."""
    return form.get_by_role("button", name=exactly(action))


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def exactly(words: str) -> re.Pattern[str]:
    """The accessible name of a button, whatever key is shown beside it."""
    return re.compile(rf"^\s*{re.escape(words)}\s*(\S|Ctrl\+Enter|Alt\+\S)?\s*$")


def beginning(words: str) -> re.Pattern[str]:
    """A label, with or without 选填 and a line of help behind it."""
    return re.compile(rf"^\s*{re.escape(words)}(?![\w])|^\s*{re.escape(words)}\s*选填")


class Visitor:
    """One browser of one person. `troubles`: console errors, failed requests, refusals that no
    story expects; a story with troubles fails at its end (conftest.py)."""

    def __init__(self, context: BrowserContext, *, who: str, size: Size, scripts: bool) -> None:
        self.who, self.size, self.scripts = who, size, scripts
        self.context = context
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()
        self.troubles: list[str] = []
        self._allowed: set[int] = set()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._trouble(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    # -- going and reading ---------------------------------------------------------------------
    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def go(self, path: str) -> None:
        self.page.goto(path)

    def opens(self, number: str) -> None:
        """The page of a case, by its number."""
        self.go(f"/work/cases/{number}/")
        expect(self.main).to_contain_text(number)

    def sees(self, *words: str) -> None:
        """Each of these words is on the page, or will be in a moment."""
        for word in words:
            expect(self.main).to_contain_text(word)

    def sees_not(self, *words: str) -> None:
        for word in words:
            expect(self.main).not_to_contain_text(word)

    def told(self, words: str) -> None:
        """What the last act was answered with."""
        expect(self.page.get_by_role("status").filter(has_text=words)).to_be_visible()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that the page does not show: what the browser has asked for."""
        for _ in range(PATIENCE_MS // 20):
            if holds():
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"{self.who}: waited in vain at {self.page.url}")

    def button(self, words: str) -> Locator:
        """What is pressed, a button or a link that looks like one."""
        named = exactly(words)
        main = self.main
        return main.get_by_role("button", name=named).or_(main.get_by_role("link", name=named))

    def may(self, *words: str) -> None:
        for word in words:
            expect(self.button(word)).to_be_visible()

    def may_not(self, *words: str) -> None:
        """These buttons are not there. Look at something else first, so that the page is drawn."""
        for word in words:
            expect(self.button(word)).to_have_count(0)

    # -- doing ---------------------------------------------------------------------------------
    def press(self, words: str) -> None:
        self.button(words).click()

    def follow(self, words: str) -> None:
        """Press a link by the beginning of its words."""
        self.main.get_by_role("link", name=re.compile(rf"^\s*{re.escape(words)}")).first.click()

    def fill(self, label: str, value: Any, *, within: Locator | None = None) -> None:
        """Answer the question with that label, whatever kind of field it is.

        A choice by its words; a unit by its name (typed, then taken from the list); several units
        as a list; files as paths or playwright payloads.
        """
        scope = within or self.main
        group = scope.get_by_role("group", name=beginning(label))
        field = group.or_(scope.get_by_label(beginning(label))).first
        if field.evaluate("e => e.tagName") == "FIELDSET":
            field.get_by_label(re.compile(rf"^\s*{re.escape(value)}")).check()
            return
        units = bool(field.evaluate("e => Boolean(e.closest('.hy-combo') || e.dataset.search)"))
        if units and self.scripts:
            names = [value] if isinstance(value, str) else value
            for name in names:
                self._take(scope.get_by_role("combobox", name=beginning(label)), name)
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(label=value)
        elif field.evaluate("e => e.type") == "file":
            field.set_input_files(value)
        elif field.evaluate("e => e.type") == "checkbox":
            field.set_checked(value)
        else:
            field.fill(value)

    def _take(self, box: Locator, name: str) -> None:
        expect(box).to_have_js_property("tagName", "INPUT")
        box.fill(name)
        offered = self.page.get_by_role("option", name=name).first
        offered.click()
        expect(self.page.get_by_role("option", name=name)).to_have_count(0)

    def form_of(self, action: str) -> Locator:
        """The form of an action, opened if it is not."""
        title = self.page.get_by_role("heading", name=beginning(action))
        button = self.button(action)
        expect(button).to_be_visible()
        if not title.is_visible():
            button.click()
        expect(title).to_be_visible()
        return self.main.locator("form").filter(has=title)

    def act(self, action: str, answers: Mapping[str, Any] | None = None, *, then: str) -> None:
        """Press the button of an action, answer what it asks; afterwards the case is `then`."""
        if answers is None:
            self.press(action)
        else:
            form = self.form_of(action)
            for label, value in answers.items():
                self.fill(label, value, within=form)
            sender(form, action).click()
        self.told(f"{action}：")
        self.told(f"现在是“{then}”")

    def confirm(self, verb: str, answers: Mapping[str, Any] | None = None) -> None:
        """Press what asks once more before it is done, answer what it asks, and do it."""
        self.main.get_by_text(verb, exact=True).first.click()
        asked = self.page.get_by_role("dialog")
        for label, value in (answers or {}).items():
            self.fill(label, value, within=asked)
        asked.get_by_role("button", name=exactly(verb)).click()

    # -- what is wrong -------------------------------------------------------------------------
    @contextmanager
    def refused(self, *statuses: int) -> Iterator[None]:
        """These answers are what the story is about."""
        before, self._allowed = self._allowed, self._allowed | set(statuses)
        yield
        self._allowed = before

    def looks_right(self) -> None:
        """axe-core has no serious finding, and nothing runs out at the side."""
        if self.scripts:
            self.page.evaluate(_axe())
            found: Sequence[str] = self.page.evaluate(_AXE_RUN % list(GRAVE))
            assert not found, f"{self.who} {self.page.url}\n" + "\n".join(found)
        wide: Sequence[str] = self.page.evaluate(_TOO_WIDE)
        assert not wide, f"{self.who} {self.page.url} wider than the screen\n" + "\n".join(wide)

    def _console(self, message: ConsoleMessage) -> None:
        # What could not be loaded is told with its status by _answered.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._trouble(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # Aborted: the page was left while something was still being asked for.
        if request.failure != "net::ERR_ABORTED":
            self._trouble(f"failed: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._allowed:
            self._trouble(f"{response.status}: {response.request.method} {response.url}")

    def _trouble(self, words: str) -> None:
        self.troubles.append(f"{self.who}: {words}")

"""What a template may not do: fetch from elsewhere, run inline script, hide what it needs."""

from __future__ import annotations

import json
import re

import pytest

from tests.architecture import sources
from tests.architecture.sources import PACKAGE, ROOT, Findings

CDN = re.compile(
    r"jsdelivr|unpkg\.com|cdnjs|googleapis|gstatic|bootcdn|bootcss|staticfile\.|cloudflare|baomitu"
)
LOADED = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio)\b[^>]*?(?:src|href)=[\"']?https?:"
)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)[^>]*>")
HANDLER = re.compile(r"\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.I)
#: What browsers of the class of Chromium 86 do not know (docs/visual.md).
TOO_NEW_STYLE = re.compile(r":has\(|@container|color-mix\(|@layer|:is\(.*:is\(")
TOO_NEW_SCRIPT = re.compile(r"structuredClone|\.at\(-|Object\.hasOwn|\.findLast\(|^await ", re.M)
COMMENT = re.compile(r"/\*.*?\*/", re.S)
#: A list page is one that shows rows by the page.
LISTS = re.compile(r"{%\s*(?:extends\s+[\"']base/list\.html|include\s+[\"']base/_pager\.html)")


def _own_files(*endings: str) -> list[sources.Path]:
    return sorted(
        p for p in PACKAGE.rglob("*") if p.suffix in endings and "node_modules" not in p.parts
    )


def test_nothing_is_fetched_from_somebody_elses_server() -> None:
    wrong: Findings = []
    for path in _own_files(".html", ".js", ".css", ".py"):
        for found in (*CDN.finditer(text := path.read_text()), *LOADED.finditer(text)):
            wrong.append(f"{path.relative_to(ROOT)}: {found.group(0)[:60]}")

    assert not wrong, "\n".join(wrong)


def test_pages_hold_no_script_of_their_own() -> None:
    """The policy is script-src 'self': an inline script would not run, and nobody would see why."""
    wrong: Findings = []
    for template in sources.templates():
        for pattern in (INLINE_SCRIPT, HANDLER):
            wrong += [
                f"{template.at(found.start())} {found.group(0).strip()[:40]}"
                for found in pattern.finditer(template.text)
            ]

    assert not wrong, "\n".join(wrong)


def test_partials_say_who_includes_them_and_what_they_need() -> None:
    wrong = [
        t.name
        for t in sources.templates()
        if t.name.rsplit("/", 1)[-1].startswith("_") and not t.text.startswith(("{#", "{% comment"))
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("ending", "pattern"), [(".css", TOO_NEW_STYLE), (".js", TOO_NEW_SCRIPT)])
def test_styles_and_scripts_run_on_the_browsers_of_the_staff(
    ending: str, pattern: re.Pattern[str]
) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group(0)}"
        for path in _own_files(ending)
        for found in pattern.finditer(COMMENT.sub("", path.read_text()))
    ]

    assert not wrong, "\n".join(wrong)


def test_every_list_page_has_a_recorded_query_count() -> None:
    """`<app>/tests/query_counts.json`: URL name → number of queries, asserted by that app's tests."""
    wrong: Findings = []
    for template in sources.templates():
        page = template.name.rsplit("/", 1)[-1].removesuffix(".html")
        if template.app == "base" or page.startswith("_") or not LISTS.search(template.text):
            continue
        file = PACKAGE / template.app / "tests" / "query_counts.json"
        recorded = json.loads(file.read_text()) if file.exists() else {}
        if not any(name == page or name.startswith(f"{page}:") for name in recorded):
            wrong.append(f"{template.name}: no count for {page!r} in {file.relative_to(ROOT)}")

    assert not wrong, "\n".join(wrong)

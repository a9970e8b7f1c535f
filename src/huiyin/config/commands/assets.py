"""Copy the few front-end files that pages load out of node_modules into var/vendor (never committed)."""

from __future__ import annotations

import argparse
import re
import shutil

from huiyin.config.command import Answer, CouldNot

FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "@alpinejs/csp/dist/cdn.min.js": "alpine-csp.min.js",
    "echarts/dist/echarts.common.min.js": "echarts.min.js",
    "leaflet/dist/leaflet.js": "leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet.css",
}
FOLDERS = {"leaflet/dist/images": "images"}
#: The maps are not shipped, so the comment that names one would only be a 404.
_SOURCE_MAP = re.compile(r"(//[#@] sourceMappingURL=.*$|/\*# sourceMappingURL=.*?\*/)", re.M)


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    pass


def run(options: argparse.Namespace) -> Answer:
    copied = copy()
    return Answer({"ok": True, "files": copied}, [f"已整理 {copied} 个前端文件"])


def copy() -> int:
    """Copy what is newer; number of files written."""
    from huiyin.config.settings import ROOT

    source, target = ROOT / "node_modules", ROOT / "var" / "vendor"
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    for path, name in FILES.items():
        file = source / path
        if not file.exists():
            raise CouldNot("缺少前端文件，请删除 .venv/.stamp 后重新运行 ./run")
        (target / name).write_text(_SOURCE_MAP.sub("", file.read_text()))
        count += 1
    for path, name in FOLDERS.items():
        shutil.copytree(source / path, target / name, dirs_exist_ok=True)
    return count

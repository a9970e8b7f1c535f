"""Addresses that stay stable (design §6). Pages of base link to pages of apps above by these."""

from __future__ import annotations

ADDRESSES = {
    "home": "/",
    "report": "/report/",
    "track": "/track/",
    "board": "/board/",
    "guides": "/guides/",
    "work": "/work/",
    "data": "/data/",
}

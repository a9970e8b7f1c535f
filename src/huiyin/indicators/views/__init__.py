"""Pages of the numbers. `asked` and `frame` belong to every page that shows numbers of a slice."""

from __future__ import annotations

from huiyin.indicators.views.slices import Asked, asked, frame

__all__ = ["Asked", "asked", "frame"]

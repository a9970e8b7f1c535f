"""Where an app registers what it shows on pages of others:

    from huiyin.base import panels

    def hazards(compound, posts):
        return "fire/_hazards.html", {"hazards": selectors.hazards_of(compound, posts)[:5]}

    panels.register("compound.dossier", hazards, grant="hazard.view", order=40)

Each app's `panels.py` is imported at start (BaseConfig.ready).
"""

from __future__ import annotations

from huiyin.base.registry import SLOTS, Acting, Filled, Function, Panel, register

__all__ = ["SLOTS", "Acting", "Filled", "Function", "Panel", "register"]

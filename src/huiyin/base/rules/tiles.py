"""Map tiles of an outside service, off unless HUIYIN_TILES_URL names one (天地图, or one's own)."""

from __future__ import annotations

from urllib.parse import urlsplit

#: What {s} of an address stands for.
SUBDOMAINS = "01234567"


def origins(address: str) -> list[str]:
    """The origins from which a page loads tiles, for its content security policy; [] for none."""
    if not address.startswith(("https://", "http://")):
        return []
    made = (address.replace("{s}", s) for s in (SUBDOMAINS if "{s}" in address else "0"))
    parts = (urlsplit(a) for a in made)
    return list(dict.fromkeys(f"{p.scheme}://{p.netloc}" for p in parts))

"""A short-message gateway over HTTP: POST {"to", "text"} as JSON; any 2xx answer means taken."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable

SECONDS = 10


def http_gateway(url: str, token: str = "") -> Callable[[str, str], None]:
    """A transport for `url` (https, or http on the city's own network)."""
    if not url.startswith(("https://", "http://")):
        raise ValueError("HUIYIN_SMS_GATEWAY 须以 https:// 或 http:// 开头")

    def send(address: str, text: str) -> None:
        body = json.dumps({"to": address, "text": text}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            answer.read()

    return send

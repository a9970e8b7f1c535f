"""The desk in tests: its browser, and what stands in the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from huiyin.cases.models import Case
from huiyin.org.rules.grants import ActingPost
from tests.cast import Cast

SignedIn = Callable[[ActingPost], Client]
TEXT = "新天地三栋一单元管道漏水，水流到楼道里，老人怕滑倒"


class Desk:
    """The desk officer's browser and what stands in the form."""

    def __init__(self, cast: Cast, client: Client) -> None:
        self.cast, self.client = cast, client

    def fill(self, **typed: Any) -> dict[str, Any]:
        return {
            "client_id": "00000000-0000-4000-8000-00000000000d", "channel": "phone",
            "phone": "13800001234", "name": "甲居民", "where": "新天地小区",
            "place": f"c{self.cast.compound.pk}", "text": TEXT,
        } | typed  # fmt: skip

    def press(self, action: str = "file", **typed: Any) -> Any:
        return self.client.post("/work/desk/", self.fill(action=action, **typed))

    def files(self, action: str = "file", **typed: Any) -> Case:
        response = self.press(action, **typed)
        assert response.status_code == 302, errors(response)
        return Case.objects.get(number=response["Location"].split("/")[-2])

    def hints(self, **typed: Any) -> str:
        response = self.client.post("/work/desk/hints/", self.fill(**typed))
        page: str = response.content.decode()
        return page


def errors(response: Any) -> list[str]:
    form = response.context["form"]
    return [e for es in form.errors.values() for e in es]

"""The town of a story: its cast with accounts, its clock, and the browsers that people sit at."""

from __future__ import annotations

import base64
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django_otp.oath import TOTP
from playwright.sync_api import Browser, Error

from huiyin.base.kept import forget_all
from huiyin.base.models import LocalDefault
from huiyin.base.services.seeding import seed_local_defaults
from huiyin.cases.models import Case
from huiyin.org.models import Person, Post, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services import accounts
from tests.cast import FIRST, SHANGHAI, Cast, at
from tests.journeys.visitor import Size, Visitor

PASSWORD = "Huiyin#2026"
#: A story may take weeks: nobody is signed out for having sat still between its scenes.
_PATIENCE = {"accounts.idle_minutes": 60 * 24 * 366, "accounts.password_days": 3650}


class Clock:
    """The time of the story, which views read instead of the machine's. It moves only by hand."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)

    def today(self) -> date:
        return self.moment.astimezone(SHANGHAI).date()

    def set(self, text: str) -> None:
        """Now it is '2026-10-13 09:00'."""
        self.moment = at(text)

    def later(self, **more: int) -> None:
        """later(minutes=10), later(days=1)."""
        self.moment += timedelta(**more)


@dataclass
class Town:
    """Everything that a story needs. `visitors`: the open browsers, closed at its end."""

    browser: Browser
    address: str
    cast: Cast
    clock: Clock
    size: Size
    visitors: list[Visitor] = field(default_factory=list)

    def prepare(self) -> None:
        """Local defaults as an installation has them."""
        seed_local_defaults()
        for code, value in _PATIENCE.items():
            LocalDefault.objects.filter(code=code).update(value=value)
        forget_all()

    def passer_by(self, who: str = "resident", *, scripts: bool = True) -> Visitor:
        """Somebody who is not signed in."""
        context = self.browser.new_context(
            base_url=self.address, locale="zh-CN", timezone_id="Asia/Shanghai",
            viewport={"width": self.size.width, "height": self.size.height},
            is_mobile=self.size.phone, has_touch=self.size.phone, java_script_enabled=scripts,
            service_workers="block",
        )  # fmt: skip
        visitor = Visitor(context, who=who, size=self.size, scripts=scripts)
        self.visitors.append(visitor)
        return visitor

    def staff(self, *held: ActingPost) -> Visitor:
        """Somebody at work, signed in through the login page. Several posts of one person: all."""
        post = held[0]
        visitor = self.passer_by(f"{post.role}-{post.person_id}")
        self.sign_in(visitor, self.account(post))
        return visitor

    def account(self, post: ActingPost) -> str:
        """The account name of that person, opened at the first call."""
        person = Person.objects.get(pk=post.person_id)
        name = f"{post.role.replace('_', '-')}-{person.pk}"
        if not hasattr(person, "account"):
            accounts.open_account(
                person=person, username=name, password=PASSWORD, at=self.clock.now()
            )
        return name

    def sign_in(self, visitor: Visitor, username: str) -> None:
        visitor.go("/work/login/")
        visitor.fill("账号", username)
        visitor.fill("密码", PASSWORD)
        visitor.press("登录")
        visitor.page.wait_for_url(lambda address: "/work/login/" not in address)
        if "/work/second-factor/" in visitor.page.url:
            _enrol(visitor)

    def case_at(self, status: str, **more: Any) -> Case:
        """A case in that status, reached through the services (Cast.case_at); then it is 10:00."""
        case = self.cast.case_at(status, **more)
        self.clock.set("2026-09-30 10:00")
        return case

    def colleague(self, name: str, unit: Unit, role: str) -> ActingPost:
        """Somebody whom the cast lacks, at one of its units."""
        person = Person.objects.create(name=name)
        post = Post.objects.create(
            person=person, unit=unit, area=unit.area, role=role, valid_from=FIRST
        )
        return ActingPost(
            post_id=post.pk, person_id=person.pk, person_name=name, unit_id=unit.pk,
            unit_kind=unit.kind, unit_name=unit.short_name, area_id=unit.area_id, role=role,
        )  # fmt: skip

    def troubles(self) -> list[str]:
        return [trouble for visitor in self.visitors for trouble in visitor.troubles]

    def keep_screens(self, folder: Path, story: str) -> None:
        """A picture of each open page, for whoever reads why the story failed."""
        folder.mkdir(parents=True, exist_ok=True)
        for visitor in self.visitors:
            path = folder / f"{story}-{visitor.who}.png"
            with suppress(Error):  # a page that hangs must not hide why the story failed
                visitor.page.screenshot(path=path, full_page=True, timeout=5_000)

    def close(self) -> None:
        for visitor in self.visitors:
            visitor.context.close()


def _enrol(visitor: Visitor) -> None:
    """Bind a second factor as an administrator does who types the key into an app."""
    secret = visitor.main.get_by_role("code").inner_text()
    app = TOTP(base64.b32decode(secret + "=" * (-len(secret) % 8)))
    app.time = time.time()
    visitor.fill("6 位数字", f"{app.token():06d}")
    visitor.press("绑定并继续")
    visitor.page.wait_for_url(lambda address: "/work/second-factor/" not in address)

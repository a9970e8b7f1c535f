"""The town of a story: its cast with accounts, its clock, and the browsers that people sit at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, expect

from huiyin.base.kept import forget_all
from huiyin.base.models import LocalDefault
from huiyin.base.services.seeding import seed_local_defaults
from huiyin.org.models import Person
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services import accounts
from tests.cast import SHANGHAI, Cast, at
from tests.journeys.visitor import Size, Visitor

PASSWORD = "Huiyin#2026"
#: A story may take weeks: nobody is signed out for having sat still between its scenes.
_PATIENCE = {"accounts.idle_minutes": 60 * 24 * 90, "accounts.password_days": 3650}


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
        expect(visitor.page).not_to_have_title("登录")

    def troubles(self) -> list[str]:
        return [trouble for visitor in self.visitors for trouble in visitor.troubles]

    def keep_screens(self, folder: Path, story: str) -> None:
        """A picture of each open page, for whoever reads why the story failed."""
        folder.mkdir(parents=True, exist_ok=True)
        for visitor in self.visitors:
            visitor.page.screenshot(path=folder / f"{story}-{visitor.who}.png", full_page=True)

    def close(self) -> None:
        for visitor in self.visitors:
            visitor.context.close()

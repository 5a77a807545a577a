"""Somebody at a browser: what they open, read, fill in and press, in the words that stand on the pages."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any, Self

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import Browser, Page, Response, expect

from gongjian.accounts.models import User
from gongjian.config.demo.cast import PASSWORD
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.tests.browsing import complaints
from tests.journeys.looking import NOTES_PARTS, look_over

PATIENCE = 20_000  # milliseconds; the machine may be busy, and nobody waits longer than needed
PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"
PHONE, DESK, TABLET = (360, 740), (1440, 900), (1180, 820)
expect.set_options(timeout=PATIENCE)


class Clock:
    """The time of a story, which only goes where the story says."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def at(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """From now on it is this time."""
        self._stack.close()
        instant = moment.at(day, hour, minute)
        self._stack.enter_context(moment.fixed(instant))
        return instant


class Visitor:
    """A person with a browser of their own. Every page they `open` or `look` at is looked over."""

    def __init__(self, browser: Browser, site: str, size: tuple[int, int], *, scripts: bool = True) -> None:
        self.site = site
        self.context = browser.new_context(
            base_url=site,
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(NOTES_PARTS)
        self.page: Page = self.context.new_page()
        self.heard = complaints(self.page)

    def opens(self, address: str, *arguments: Any, picture: str = "") -> Self:
        """Go to a path or to the page of a URL's name, and look at it."""
        answer = self.goes(address, *arguments)
        assert answer is not None
        assert answer.status < 400, f"{answer.url} answered {answer.status}"
        return self.looks(picture)

    def goes(self, address: str, *arguments: Any) -> Response | None:
        """Go there, whatever comes of it."""
        path = address if address.startswith("/") else reverse(address, args=arguments)
        return self.page.goto(path)

    def looks(self, picture: str = "") -> Self:
        """Look over the page as it stands."""
        look_over(self.page, self.heard, picture)
        return self

    def presses(self, name: str, *, within: str = "main") -> Self:
        """Press the button or follow the link that says so; of several the first."""
        pressable = self.page.locator(within).get_by_role("button", name=name)
        followed = self.page.locator(within).get_by_role("link", name=name)
        pressable.or_(followed).first.click()
        return self

    def fills(self, label: str, value: str) -> Self:
        """Write into the field with this label, or choose in it."""
        field = self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
        return self

    def ticks(self, label: str) -> Self:
        """Tick the box or choose the answer with this label."""
        self.page.get_by_label(re.compile(re.escape(label))).first.check()
        return self

    def unfolds(self, name: str) -> Self:
        """Open what is folded under this name."""
        self.page.locator("summary", has_text=name).first.click()
        return self

    def sees(self, *texts: str) -> Self:
        """Wait until each of these texts stands on the page."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()
        return self

    def sees_no(self, *texts: str) -> Self:
        """None of these texts is anywhere in the page."""
        shown = self.page.content()
        assert [text for text in texts if text in shown] == []
        return self

    def hands_in(self, label: str, files: list[dict[str, Any]]) -> Self:
        """Choose files in the field with this label."""
        self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first.set_input_files(files)
        return self

    def leaves(self) -> None:
        """Close the browser."""
        self.context.close()


def sign_in(visitor: Visitor, user: User) -> Visitor:
    """Be somebody from now on, without the sign-in page: a session as that page makes it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = PASSWORD_BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    visitor.context.add_cookies([{"name": "sessionid", "value": str(session.session_key), "url": visitor.site}])
    return visitor


def sign_in_by_telephone(visitor: Visitor, telephone: str) -> Visitor:
    """By the page: number, text message, code."""
    visitor.fills("手机号", telephone).presses("获取短信验证码").sees("验证码已发到尾号")
    text = Message.objects.latest("pk").body
    visitor.looks("sign-in-code").fills("短信验证码", text.split("：")[1][:6]).presses("登录")
    return visitor


def sign_in_by_password(visitor: Visitor, username: str) -> Visitor:
    """By the page: account and password."""
    visitor.opens("accounts:staff", picture="sign-in-staff")
    return visitor.fills("账号", username).fills("口令", PASSWORD).presses("登录")


Invite = Callable[..., Visitor]


def invitations(browser: Browser, site: str) -> Iterator[Invite]:
    """A way to let people in: `invite(user, size=PHONE)`; all leave at the end."""
    visitors: list[Visitor] = []

    def invite(user: User | None = None, *, size: tuple[int, int] = DESK, scripts: bool = True) -> Visitor:
        visitor = Visitor(browser, site, size, scripts=scripts)
        visitors.append(visitor)
        return sign_in(visitor, user) if user else visitor

    yield invite
    for visitor in visitors:
        visitor.leaves()

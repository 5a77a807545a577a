"""The pages of the draw, as the officer, those present and everybody in the hall see them."""

import re
from pathlib import Path

from click.testing import CliRunner
from django.urls import reverse
from playwright.sync_api import expect

from gongjian.draws.lot.command_line import draw as verifier
from gongjian.draws.models import Draw
from gongjian.sittings.models import Sitting
from tests.journeys.people import PHONE, Invite, Visitor

WORDS = ("清风徐来", "水波不兴", "山高月小")
PROJECTOR = (1440, 900)


def commits(officer: Visitor, sitting: Sitting) -> Draw:
    """Prepare the groups that the page proposes, rehearse the chances, fix and publish the list."""
    officer.opens("draws:list", picture="draws-list").presses("准备抽取").sees("需要鉴定的人").looks("draws-prepare")
    officer.presses("预演机会").sees("预演：公布后每位专家的机会").looks("draws-rehearsed")
    officer.presses("公布名单和承诺").sees("承诺哈希").looks("draws-committed")
    return Draw.objects.get(sitting=sitting, kind="experts")


def words_are_given(officer: Visitor, draw: Draw, invite: Invite, *, picture: str = "") -> None:
    """The officer hands out the codes; each of those present writes a word on a telephone of their own."""
    officer.opens("draws:codes", draw.number, picture=picture and f"{picture}-codes")
    for number, witness in enumerate(draw.witnesses.order_by("position")):
        present = invite(size=PHONE).opens("draws:word", picture=picture and f"{picture}-word-code")
        present.fills("给词码", witness.entry_code).presses("下一步").sees("写下您的抽取词")
        shows(present, draw.commitment_hash).looks(picture and f"{picture}-word").fills(
            "您的抽取词", WORDS[number]
        ).presses("封存我的词")
        present.sees("您的词已封存").looks(picture and f"{picture}-word-sealed").leaves()


def hall(invite: Invite, draw: Draw) -> Visitor:
    """The screen in the hall, which shows by itself what is new."""
    return invite(size=PROJECTOR).opens("draws:live", draw.number, draw.view_key, picture=f"draws-live-{draw.kind}")


def shows(at: Visitor, code: str) -> Visitor:
    """The whole of a hash is on the page, in whatever groups it is written."""
    written = "".join(str(at.page.locator("main").text_content()).split())
    assert code in written
    return at


def holds(officer: Visitor, draw: Draw, *, button: str, done: str) -> Visitor:
    """Press the button, which works only when every word is in."""
    officer.opens("draws:conduct", draw.number)
    expect(officer.page.get_by_role("button", name=button)).to_be_enabled()
    return officer.presses(button).sees(done)


def opens_the_door(at: Visitor, sitting: Sitting) -> Draw:
    """Fix the list of the day."""
    at.opens("draws:door", sitting.number, picture="door-commit").presses("公布名单和承诺").sees("承诺哈希")
    return Draw.objects.get(sitting=sitting, kind="door")


def sends_to_a_group(at: Visitor, sitting: Sitting, ticket: str) -> str:
    """The second draw: the room of the group."""
    at.opens("draws:door", sitting.number, picture="door").page.get_by_role(
        "button", name=re.compile(rf"请抽组\s*{ticket}号")
    ).click()
    at.sees("请留意叫号屏").looks("door-sent")
    return str(at.page.locator(".dr-sent-room").text_content())


def verifies(at: Visitor, draw: Draw, folder: Path) -> None:
    """Anybody takes the receipt and lets the program repeat the draw."""
    answer = at.context.request.get(f"{at.site}{reverse('draws:receipt', args=[draw.number])}")
    kept = folder / f"{draw.number}.json"
    kept.write_bytes(answer.body())
    done = CliRunner().invoke(verifier, ["verify", str(kept)])
    assert done.exit_code == 0, done.output

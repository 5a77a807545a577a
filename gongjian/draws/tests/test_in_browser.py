"""The pages of the draw in a real browser: they fit their windows, axe finds nothing, and the hall's page follows what happens."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_draw_officer, a_scheduler, a_supervisor, a_worker_user, an_exam_staff
from gongjian.draws.actions import door, experts
from gongjian.draws.actions.ceremony import give_word
from gongjian.draws.actions.changes import ask_leave
from gongjian.draws.actions.recusal import ask_recusal
from gongjian.draws.actions.recusing import record_recusal
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Arrival, Draw, Recusal
from gongjian.draws.queries import members
from gongjian.draws.states import NO_SHOW, Ground
from gongjian.draws.tests.house import (
    BONE,
    DRAWN,
    WORDS,
    a_committed,
    a_held,
    a_prepared,
    an_open_door,
    cannot_come,
    comes,
    opened,
    people_of,
    sent,
)
from gongjian.draws.tests.pages import as_
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel.tests.browsing import complaints, sticks_out, violations
from gongjian.sittings.tests.builders import MORNING, at

pytestmark = pytest.mark.django_db(transaction=True)
WINDOWS = ((360, 740), (768, 1024), (1440, 900), (1920, 1080))


@pytest.fixture(autouse=True)
def _patience(page: Page) -> None:
    page.set_default_timeout(20_000)


def url(name: str, *args: object) -> str:
    return reverse(f"draws:{name}", args=args)


def be(page: Page, site: LiveServer, user: User | None) -> None:
    """Be somebody of the cast, or nobody, from now on."""
    page.context.clear_cookies()
    if user is not None:
        session = as_(user).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}])


def look(page: Page, site: LiveServer, path: str, user: User | None = None) -> list[str]:
    """What is wrong with a page at any of the windows: too wide, against the rules of axe, or complaining."""
    be(page, site, user)
    said = complaints(page)
    wrong: list[str] = []
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(site.url + path)
        wrong += [f"{path} {width}: {sticks_out(page)}px too wide"] if sticks_out(page) else []
        wrong += [f"{path} {width}: {rule} {where}" for rule, where in violations(page)]
    return wrong + said


def test_pages_before_and_after_the_draw_are_well_made(page: Page, live_server: LiveServer):
    officer = a_draw_officer()
    with at(DRAWN):
        sitting = a_prepared()
        wrong = look(page, live_server, url("list"), officer)
        wrong += look(page, live_server, url("prepare", sitting.number), officer)
        draw = a_committed(sitting)
        live = url("live", draw.number, draw.view_key)
        wrong += look(page, live_server, url("conduct", draw.number), officer)
        wrong += look(page, live_server, url("codes", draw.number), officer)
        wrong += look(page, live_server, live)
        for witness, word in zip(draw.witnesses.all(), WORDS, strict=True):
            give_word(witness.entry_code, word)
        experts.hold(draw, by=officer)
        wrong += look(page, live_server, url("conduct", draw.number), officer)
        wrong += look(page, live_server, live)
        door.close(draw, by=officer)
        wrong += look(page, live_server, url("published"))
    assert wrong == []


def test_pages_at_the_door_are_well_made(page: Page, live_server: LiveServer):
    draw, staff = a_held(), an_exam_staff()
    opened(draw.sitting)
    booking = people_of(draw)[0]
    with at(MORNING):
        bars = [bar(draw, number) for number in (1, 2)]
        wrong = look(page, live_server, url("door", draw.sitting.number), staff)
        wrong += look(page, live_server, url("door", draw.sitting.number), a_scheduler())
        Recusal.objects.filter(pk__in=[row.pk for row in bars]).update(decision="refused")
        row = an_open_door(draw)
        comes(booking)
        wrong += look(page, live_server, url("door", draw.sitting.number), staff)
        sent(booking)
        wrong += look(page, live_server, url("door_sent", draw.sitting.number, Arrival.objects.get().pk), staff)
        wrong += look(page, live_server, url("live", row.number, row.view_key))
        wrong += look(page, live_server, url("conduct", row.number), staff)
    assert wrong == []


def bar(draw: Draw, number: int) -> Recusal:
    """The first member of a group must not judge the first person."""
    expert = members(draw.groups.get(number=number))[0]
    case = people_of(draw)[0].case
    return record_recusal(case, expert, Ground.INTEREST, source=Recusal.Source.OFFICE, by=a_draw_officer())


def test_pages_of_recusals_are_well_made(page: Page, live_server: LiveServer):
    with at(DRAWN):
        case = people_of(a_held())[0].case
        ask_recusal(case, ground=Ground.KINSHIP, facts="主刀医生是我爱人的表兄", by=a_worker_user())
        wrong = look(page, live_server, url("ask_recusal", case.number), a_worker_user())
        wrong += look(page, live_server, url("recusals", case.number), a_draw_officer())
        wrong += look(page, live_server, url("recusal_list"), a_draw_officer())
        wrong += look(page, live_server, url("case_part", case.number), a_draw_officer())
    assert wrong == []


def test_the_first_screen_of_the_projector_shows_hash_and_seats_whole(page: Page, live_server: LiveServer):
    draw = a_held()
    be(page, live_server, None)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(live_server.url + url("live", draw.number, draw.view_key))
    for group in page.locator(".dr-group").all():
        box = group.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 1080
    expect(page.locator(".dr-hash").first).to_be_in_viewport(ratio=1)


def test_the_whole_ceremony_with_two_telephones_and_a_projector(page: Page, browser: Browser, live_server: LiveServer):
    """The hall's page follows by itself: words as they come in, then who sits where."""
    with at(DRAWN):
        draw = a_committed()
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto(live_server.url + url("live", draw.number, draw.view_key))
        expect(page.get_by_text("等待给词")).to_have_count(2)
        for witness, word in zip(draw.witnesses.all(), WORDS, strict=True):
            with browser.new_context(viewport={"width": 360, "height": 740}) as telephone:
                giving(telephone.new_page(), live_server, witness.entry_code, word)
        expect(page.get_by_text("已给词，")).to_have_count(2)
        expect(page.get_by_text(WORDS[0])).to_have_count(0)
        experts.hold(draw, by=a_draw_officer())
        expect(page.get_by_role("heading", name="谁坐哪里")).to_be_visible()
        expect(page.get_by_text(WORDS[0])).to_be_visible()


def giving(phone: Page, site: LiveServer, code: str, word: str) -> None:
    """Somebody in the hall scans a slip, gives a word and sees its seal."""
    phone.set_default_timeout(20_000)
    phone.goto(site.url + url("word_code", code))
    assert violations(phone) == []
    assert sticks_out(phone) == 0
    phone.get_by_label("您的抽取词").fill(word)
    phone.get_by_role("button", name="封存我的词").click()
    expect(phone.get_by_role("heading", name="您的封存码")).to_be_visible()
    assert violations(phone) == []
    assert sticks_out(phone) == 0


def test_a_word_stays_on_the_witnesss_own_telephone_until_all_seals_are_in(
    page: Page, browser: Browser, live_server: LiveServer
):
    """Sealed and opened by the script of the page; nothing that is sent before the opening holds the word or its salt."""
    with at(DRAWN):
        draw = a_committed()
        own, other = draw.witnesses.order_by("position")
        with browser.new_context(viewport={"width": 360, "height": 740}) as telephone:
            phone, posted = telephone.new_page(), list[str]()
            phone.set_default_timeout(20_000)
            phone.on("request", lambda request: posted.append(request.post_data or ""))
            said = complaints(phone)
            phone.goto(live_server.url + url("word_code", own.entry_code))
            phone.get_by_role("link", name="在这台设备上封存").click()
            phone.get_by_label("您的抽取词").fill(f" {WORDS[0]}")
            phone.get_by_role("button", name="在本机封存").click()
            expect(phone.locator("#kept-word")).to_have_text(WORDS[0])
            salt = (phone.locator("#kept-salt").text_content() or "").replace(" ", "")
            assert (violations(phone), sticks_out(phone)) == ([], 0)
            phone.get_by_role("button", name="交出封存码").click()
            expect(phone.get_by_text("封存码已交出")).to_be_visible()
            own.refresh_from_db()
            assert (own.word, own.salt, own.sealed_on) == ("", "", "device")
            assert not any(WORDS[0] in one or salt in one for one in posted)
            give_word(other.entry_code, WORDS[1])
            expect(phone.get_by_text("全部给齐，请揭晓")).to_be_visible()
            expect(phone.get_by_role("textbox", name="您的抽取词")).to_have_value(WORDS[0])
            assert (violations(phone), sticks_out(phone)) == ([], 0)
            phone.get_by_role("button", name="揭晓我的词").click()
            expect(phone.get_by_text("您的词已揭晓")).to_be_visible()
            assert said == []
        held = experts.hold(draw, by=a_draw_officer())
    assert verify_text(held.receipt.encode()) == []


def test_pages_of_changes_and_of_exact_reasons_are_well_made(page: Page, live_server: LiveServer):
    officer, supervisor = a_draw_officer(), a_supervisor()
    with at(DRAWN):
        sitting = a_prepared(each=8)
        an_expert(BONE, in_good_health=False)
        draw = a_held(sitting, reserves=[BONE] * 2)
        cannot_come(sitting, members(draw.groups.get(number=1))[0])
        waiting = members(draw.groups.get(number=2))[0]
        ask_leave(sitting, waiting, kind=NO_SHOW, facts="三次电话未接", by=officer)
        wrong = look(page, live_server, url("conduct", draw.number), officer)
        wrong += look(page, live_server, url("conduct", draw.number), supervisor)
        wrong += look(page, live_server, url("records", draw.number), supervisor)
        wrong += look(page, live_server, url("live", draw.number, draw.view_key))
    assert wrong == []


def test_the_officer_conducts_a_draw_by_hand(page: Page, live_server: LiveServer):
    with at(DRAWN):
        sitting = a_prepared()
        be(page, live_server, a_draw_officer())
        page.goto(live_server.url + url("list"))
        page.get_by_role("link", name="准备抽取").click()
        page.get_by_role("button", name="预演机会").click()
        expect(page.get_by_role("heading", name="预演：公布后每位专家的机会")).to_be_visible()
        page.get_by_label("第3位在场给词人").fill("")
        page.get_by_role("button", name="公布名单和承诺").click()
        expect(page.get_by_role("button", name="开始抽取")).to_be_disabled()
        draw = Draw.objects.get(sitting=sitting)
        for witness, word in zip(draw.witnesses.all(), WORDS, strict=True):
            give_word(witness.entry_code, word)
        expect(page.get_by_role("button", name="开始抽取")).to_be_enabled()
        page.get_by_role("button", name="开始抽取").click()
        expect(page.get_by_role("heading", name="谁坐哪里")).to_be_visible()


def test_the_receipt_that_is_downloaded_passes_on_the_page_that_verifies(
    page: Page, live_server: LiveServer, tmp_path: Path
):
    draw = a_held(a_prepared(each=10), reserves=[BONE] * 2)
    with at(DRAWN):
        page.goto(live_server.url + url("live", draw.number, draw.view_key))
        with page.expect_download() as waiting:
            page.get_by_role("link", name="下载凭证").click()
    receipt = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(receipt)
    page.goto(f"{live_server.url}{settings.STATIC_URL}draws/verifier.html")
    page.set_input_files("#file", receipt)
    page.fill("#commitment", draw.commitment_hash)
    page.click("#check")
    expect(page.locator("#result")).to_contain_text("核验通过")


def test_a_person_is_sent_to_a_group_with_one_press(page: Page, live_server: LiveServer):
    draw = a_held()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    with at(MORNING):
        be(page, live_server, an_exam_staff())
        page.goto(live_server.url + url("door", draw.sitting.number))
        page.locator(".dr-waiting li", has_text=str(booking.ticket)).get_by_role("button").click()
        expect(page.locator(".dr-sent-group")).to_have_text(f"第{Arrival.objects.get().group.number}组")


def test_without_script_a_word_is_given_all_the_same(browser: Browser, live_server: LiveServer):
    draw = a_committed()
    with at(DRAWN), browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(live_server.url + url("word"))
        page.get_by_label("给词码").fill(draw.witnesses.get(position=1).entry_code)
        page.get_by_role("button", name="下一步").click()
        page.get_by_label("您的抽取词").fill(WORDS[0])
        page.get_by_role("button", name="封存我的词").click()
        expect(page.get_by_role("heading", name="您的封存码")).to_be_visible()

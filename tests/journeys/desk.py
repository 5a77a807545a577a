"""The staff's pages, as they go through them."""

from datetime import date

from playwright.sync_api import expect

from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import LIVE
from tests.journeys.people import Visitor

SPECIALTIES = ("骨科", "手足外科", "神经科", "眼科")


def accepts(at: Visitor, number: str) -> Visitor:
    """Check the papers and accept."""
    return at.opens("desk:check", number, picture="desk-check").presses("受理").sees("已受理，受理通知书已发给申请人")


def asks_to_supplement(at: Visitor, number: str, kind: str, what: str) -> Visitor:
    """Tell once everything that is missing."""
    at.opens("desk:check", number, picture="desk-check-missing").fills(kind, what)
    return at.presses("发出补正告知书").sees("已发出一次性补正告知书")


def plans(at: Visitor, day: date) -> Sitting:
    """Plan a sitting in two rooms, with the page's own hours and half-hours."""
    at.opens("sittings:plan", picture="sittings-plan")
    at.fills("场地", "云溪市劳动能力鉴定中心").fills("日期", day.isoformat()).fills("每个时段人数", "4")
    for label in ("一号诊室", "二号诊室", *SPECIALTIES):
        at.ticks(label)
    at.presses("建立场次").sees("场次已建立").looks("sittings-planned")
    return Sitting.objects.latest("pk")


def fills_and_publishes(at: Visitor, sitting: Sitting, count: int) -> Visitor:
    """Book those whose limits end first, and publish."""
    at.opens("sittings:sitting", sitting.number).presses("按期限先后安排人员").sees(f"已按期限先后安排{count}人")
    return at.presses("公布").sees("场次已公布").looks("sittings-published")


def booking_of(number: str) -> Booking:
    """The place of a case, by which staff know its code."""
    live = [state.value for state in LIVE]
    return Booking.objects.select_related("sitting").get(case__number=number, state__in=live)


def checks_in(at: Visitor, number: str) -> str:
    """Scan the code, compare the document, let in; the ticket."""
    booking = booking_of(number)
    at.opens("sittings:check_in", booking.sitting.number, picture="station")
    at.page.get_by_label("扫描或者输入签到码").fill(booking.exam_code)
    at.presses("查找").sees("请核对证件").looks("station-found").page.locator("#receive button").first.click()
    at.sees("已报到").looks("station-received")
    booking.refresh_from_db()
    return str(booking.ticket)


def calls(at: Visitor, sitting: Sitting, ticket: str) -> Visitor:
    """Call the next until it is this ticket's turn."""
    at.opens("sittings:queue", sitting.number, picture="queue").presses("叫下一位")
    expect(at.page.locator(".gj-called-number", has_text=ticket)).to_be_visible()
    return at.looks("queue-called")

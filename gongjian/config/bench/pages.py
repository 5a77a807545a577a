"""Pages and acts as an ordinary clerk meets them, with many cases in the database."""

from collections.abc import Callable, Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.accounts.entrance import PASSWORD_BACKEND
from gongjian.accounts.models import Office
from gongjian.accounts.roles import Role
from gongjian.applications.actions.submission import submit
from gongjian.cases.models import Case
from gongjian.config.bench.measure import Timing, timed
from gongjian.config.demo import walk
from gongjian.config.demo.cast import party, staff, worker
from gongjian.config.demo.many.kinds import KINDS

RUNS = 100
OFFICES = ("劳动能力鉴定委员会", "社会保险行政部门")
"""As the kinds of case stand in `KINDS`."""
WORKLIST = "待办列表"
SUBMISSIONS = 20
FIRST_WORKER = 500


def page_timings() -> Iterator[Timing]:
    """The pages of the committee's window, then those of the bureau's."""
    for of, kind in zip(OFFICES, KINDS, strict=True):
        yield from _window(of, kind.office())


def _window(of: str, office: Office) -> Iterator[Timing]:
    """Worklist, case page and three searches, for the window clerk of one office."""
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(staff(Role.WINDOW_CLERK, office.code), backend=PASSWORD_BACKEND)
    own = Case.objects.filter(office=office)
    numbers = list(own.order_by("-pk").values_list("number", flat=True)[:RUNS])
    names = list(own.order_by("pk").values_list("person__name", flat=True)[:RUNS])

    def page(name: str, address: Callable[[int], str], asked: Callable[[int], str] | None = None) -> Timing:
        def visit(number: int) -> None:
            where = address(number)
            answer = browser.post(where, {"q": asked(number)}) if asked else browser.get(where)
            if asked and answer.status_code == 302:
                answer = browser.get(answer["Location"])
            if answer.status_code not in (200, 302):
                raise RuntimeError(f"{name}: {answer.status_code}")

        visit(0)
        with CaptureQueriesContext(connection) as seen:
            visit(0)
        return timed(f"{of}：{name}", visit, runs=RUNS, queries=len(seen))

    def search(name: str, asked: Callable[[int], str]) -> Timing:
        return page(name, lambda _: reverse("desk:search"), asked)

    yield page(WORKLIST, lambda _: reverse("desk:worklist"))
    yield page("案件页", lambda number: reverse("desk:case", args=[numbers[number % len(numbers)]]))
    yield search("按姓名查找", lambda number: names[number % len(names)])
    yield search("按案号查找", lambda number: numbers[number % len(numbers)])
    yield search("按拼音首字母查找", lambda _: "zs")


def submission_timing(offset: int) -> Timing:
    """Submitting an application with six pages already uploaded: case, parties, clock, receipt as a signed paper."""
    drafts = []
    for number in range(SUBMISSIONS + 3):
        who = worker(FIRST_WORKER + offset + number)
        by = party(who.name, who.telephone)
        drafts.append((walk.write_draft(who, by=by), by))
    return timed(
        "提交申请", lambda number: submit(drafts[number][0], by=drafts[number][1], truthful=True), runs=SUBMISSIONS
    )

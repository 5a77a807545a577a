"""The frame: who sees which face and which entries, large type, the demo banner, page or fragment."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.conf import settings as configured
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from gongjian.kernel import frame
from gongjian.kernel.frame import Entry, Frame, Link, links
from gongjian.kernel.searches import remember
from gongjian.kernel.tests import sample_site
from gongjian.kernel.tests.pages import Page
from gongjian.kernel.tests.sample_site import CAST, ENTRIES, NOBODY, Person

FACES = ["portal", "desk", "workbench", "public"]


@pytest.fixture(autouse=True)
def _sample_site(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in sample_site.overrides().items():
        setattr(settings, name, value)
    monkeypatch.setattr(frame, "entries", lambda: ENTRIES)


def a_request(path: str = "/write/", *, by: object = NOBODY, **session: object) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = by  # type: ignore[assignment]
    request.session = session  # type: ignore[assignment]
    return request


def signed_in(who: str) -> Client:
    client = Client()
    client.cookies["person"] = who
    return client


class TestNavigation:
    def test_an_entry_shows_only_to_who_holds_its_permission(self):
        assert [link.label for link in links("desk", a_request(by=CAST["chen"]))] == ["受理"]

    def test_who_holds_nothing_sees_no_entry_that_asks_for_a_permission(self):
        assert links("desk", a_request(by=CAST["lin"])) == []

    def test_a_stranger_sees_only_open_entries(self):
        assert links("desk", a_request(by=AnonymousUser())) == []
        assert [link.label for link in links("public", a_request(by=AnonymousUser()))] == ["公开查询"]

    def test_a_request_before_sign_in_is_known_has_no_permissions(self):
        request = RequestFactory().get("/")
        assert links("desk", request) == []

    def test_the_search_box_is_no_entry_of_the_menu(self):
        found = links("desk", a_request(by=CAST["chen"]), slot="search")
        assert [link.label for link in found] == ["编号、姓名或单位"]

    def test_an_entry_whose_room_has_no_pages_is_left_out(self):
        assert "没有页面的房间" not in [link.label for link in links("desk", a_request(by=CAST["chen"]))]

    @pytest.mark.parametrize(
        ("path", "here"),
        [
            ("/write/", ["我的案件"]),
            ("/write/live/", ["我的案件"]),
            ("/page/look/desk/", ["全部组件"]),
            ("/done/", []),
        ],
    )
    def test_the_entry_one_stands_under_is_marked(self, path: str, here: list[str]):
        assert [link.label for link in links("portal", a_request(path)) if link.here] == here

    def test_of_two_entries_the_nearer_one_is_marked(self, monkeypatch: pytest.MonkeyPatch):
        both = (Entry("portal", "写", "write"), Entry("portal", "边写边存", "write_live"))
        monkeypatch.setattr(frame, "entries", lambda: both)
        marked = [link.label for link in links("portal", a_request("/write/live/")) if link.here]
        assert marked == ["边写边存"]

    def test_the_page_marks_the_entry_for_screen_readers_too(self):
        page = Page(signed_in("lin").get("/write/").content)
        current = page.one("a", aria_current="page")
        assert current.text == "我的案件"

    def test_a_link_is_a_plain_value(self):
        assert Link("写", "/write/", here=True) == Link("写", "/write/", here=True)


class TestDeclaredEntries:
    """What the installed rooms declare in their `navigation.py`."""

    @pytest.fixture
    def declared(self, monkeypatch: pytest.MonkeyPatch) -> tuple[Entry, ...]:
        monkeypatch.undo()
        return frame.entries()

    def test_they_stand_in_their_order(self, declared: tuple[Entry, ...]):
        assert [entry.order for entry in declared] == sorted(entry.order for entry in declared)

    def test_each_names_a_page_that_exists(self, declared: tuple[Entry, ...], settings: LazySettings):
        settings.ROOT_URLCONF = "gongjian.config.urls"
        missing = [entry for entry in declared if not _resolves(entry.address)]
        assert missing == []

    def test_no_two_say_the_same_in_one_face(self, declared: tuple[Entry, ...]):
        labels = [(entry.face, entry.slot, entry.label) for entry in declared]
        assert len(labels) == len(set(labels))

    def test_a_face_has_at_most_one_search_box(self, declared: tuple[Entry, ...]):
        boxes = [entry.face for entry in declared if entry.slot == "search"]
        assert len(boxes) == len(set(boxes))

    def test_a_rooms_entries_are_found_by_the_name_of_the_module(self, monkeypatch: pytest.MonkeyPatch):
        room = SimpleNamespace(name="gongjian.sample", module=SimpleNamespace())
        entry = Entry("desk", "样例", "write")
        monkeypatch.setattr(apps, "get_app_configs", lambda: [room])
        monkeypatch.setattr(frame, "module_has_submodule", lambda module, name: name == "navigation")
        monkeypatch.setattr(frame, "import_module", lambda name: {"gongjian.sample.navigation": _with(entry)}[name])
        assert ORIGINAL.__wrapped__() == (entry,)

    def test_a_room_without_navigation_declares_nothing(self, monkeypatch: pytest.MonkeyPatch):
        room = SimpleNamespace(name="gongjian.sample", module=SimpleNamespace())
        monkeypatch.setattr(apps, "get_app_configs", lambda: [room])
        monkeypatch.setattr(frame, "module_has_submodule", lambda module, name: False)
        assert ORIGINAL.__wrapped__() == ()


ORIGINAL = frame.entries


def _with(*entries: Entry) -> SimpleNamespace:
    return SimpleNamespace(ENTRIES=entries)


def _resolves(address: str) -> bool:
    try:
        return bool(reverse(address))
    except (NoReverseMatch, ImproperlyConfigured):
        return False


class TestFace:
    @pytest.mark.parametrize(
        ("who", "template"),
        [
            ("lin", "kernel/face_portal.html"),
            ("chen", "kernel/face_desk.html"),
            ("luo", "kernel/face_workbench.html"),
        ],
    )
    def test_everyone_has_the_face_of_their_kind(self, who: str, template: str):
        assert Frame(a_request(by=CAST[who])).template == template

    @pytest.mark.parametrize("stranger", [NOBODY, AnonymousUser(), Person(kind="robot")])
    def test_strangers_and_unknown_kinds_have_the_public_face(self, stranger: object):
        assert Frame(a_request(by=stranger)).template == "kernel/face_public.html"

    def test_a_request_that_failed_before_sign_in_has_the_public_face(self):
        assert Frame(RequestFactory().get("/")).template == "kernel/face_public.html"

    @pytest.mark.parametrize("face", [*FACES, "projector"])
    def test_every_face_has_one_main_one_heading_and_a_way_to_skip_to_it(self, face: str):
        page = Page(render_to_string(f"kernel/face_{face}.html", {}, a_request()))
        assert page.one("main")["id"] == "main"
        assert page.one("h1").text
        assert page.with_class("gj-skip")[0]["href"] == "#main"

    @pytest.mark.parametrize("face", [*FACES, "projector"])
    def test_every_face_has_a_place_for_refusals_and_one_to_announce(self, face: str):
        page = Page(render_to_string(f"kernel/face_{face}.html", {}, a_request()))
        assert page.one(id="refusal")["role"] == "alert"
        assert page.one(id="announce")["aria-live"] == "polite"

    @pytest.mark.parametrize("face", [*FACES, "projector"])
    def test_no_face_has_scripts_or_styles_in_the_page_or_looks_outside(self, face: str):
        page = Page(render_to_string(f"kernel/face_{face}.html", {}, a_request(by=CAST["chen"])))
        assert all(script["src"].startswith("/static/kernel/") for script in page.all("script"))
        assert all(link["href"].startswith("/static/kernel/") for link in page.all("link"))
        assert not page.all("style")
        assert not [e for e in page.elements if e.get("style") or any(name.startswith("on") for name in e.attributes)]

    def test_staff_see_who_they_are_and_which_post_they_hold(self):
        text = signed_in("chen").get("/page/look/desk/").content.decode()
        assert "陈晓窗" in text
        assert "市鉴定委·窗口受理" in text

    def test_staff_have_the_search_box_with_what_they_asked(self):
        browser = signed_in("chen")
        asking = RequestFactory().post("/", {"q": "000123"})
        asking.session = browser.session
        word = remember(asking)
        asking.session.save()
        browser.cookies[configured.SESSION_COOKIE_NAME] = str(
            asking.session.session_key
        )  # the sample site keeps it there
        page = Page(browser.get(f"/page/look/desk/?s={word}").content)
        assert (page.one("form", role="search")["action"], page.one("form", role="search")["method"]) == (
            "/page/look/",
            "post",
        )
        assert page.one("input", name="q")["value"] == "000123"

    def test_who_is_not_signed_in_is_offered_to_sign_in(self):
        page = Page(Client().get("/page/look/public/").content)
        assert [a.text for a in page.all("a", href="/account/sign-in/")] == ["登录"]

    def test_the_sign_in_page_does_not_offer_itself(self):
        page = Page(Client().get("/account/sign-in/").content)
        assert not page.all("a", href="/account/sign-in/")

    def test_sign_out_is_a_form_and_no_link(self):
        page = Page(signed_in("lin").get("/write/").content)
        assert page.one("form", action="/account/sign-out/")["method"] == "post"


class TestDemo:
    def test_the_demo_city_says_so_on_every_page(self):
        assert "演示城市 · 数据均为虚构" in Client().get("/done/").content.decode()

    def test_a_real_city_does_not(self, settings: LazySettings):
        settings.DEMO = False
        assert "演示城市" not in Client().get("/done/").content.decode()


class TestPersonMark:
    def test_it_tells_two_people_apart_without_naming_them(self):
        one, other = Frame(a_request(by=CAST["lin"])).person, Frame(a_request(by=CAST["zhou"])).person
        assert one != other
        assert len(one) == len(other) == 16

    def test_nobody_has_none(self):
        assert Frame(a_request(by=NOBODY)).person == ""
        assert Frame(RequestFactory().get("/")).person == ""

    def test_it_stands_on_the_page(self):
        page = Page(signed_in("lin").get("/done/").content)
        assert page.one("html")["data-person"] == Frame(a_request(by=CAST["lin"])).person

    def test_posts_are_those_of_the_person(self):
        assert Frame(a_request(by=CAST["chen"])).posts == ["市鉴定委·窗口受理"]
        assert Frame(a_request(by=AnonymousUser())).posts == []


class TestLargeType:
    def test_it_is_switched_on_for_the_session_and_goes_back_to_the_page(self):
        client = Client()
        answer = client.post("/page/large-type/", {"on": "1", "next": "/done/?page=2"})
        assert answer["Location"] == "/done/?page=2"
        assert "gj-large" in Page(client.get("/done/").content).one("html").classes

    def test_it_is_switched_off_again(self):
        client = Client()
        client.post("/page/large-type/", {"on": "1", "next": "/done/"})
        client.post("/page/large-type/", {"on": "0", "next": "/done/"})
        assert "gj-large" not in Page(client.get("/done/").content).one("html").classes

    def test_the_button_offers_the_other_size(self):
        client = Client()
        assert Page(client.get("/done/").content).one("button", name="on").text == "大字版"
        client.post("/page/large-type/", {"on": "1", "next": "/done/"})
        assert Page(client.get("/done/").content).one("button", name="on").text == "标准字"

    @pytest.mark.parametrize("elsewhere", ["https://example.invalid/", "//example.invalid/", "javascript:alert(1)", ""])
    def test_it_never_leads_to_another_site(self, elsewhere: str):
        assert Client().post("/page/large-type/", {"on": "1", "next": elsewhere})["Location"] == "/"

    def test_a_link_cannot_switch_it(self):
        assert Client().get("/page/large-type/").status_code == 405

    def test_it_needs_the_token_of_our_own_page(self):
        assert Client(enforce_csrf_checks=True).post("/page/large-type/", {"on": "1"}).status_code == 403

    def test_a_request_without_a_session_is_not_large(self):
        assert Frame(RequestFactory().get("/")).large_type is False


class TestPageOrFragment:
    def test_a_person_gets_the_page(self):
        answer = Client().get("/done/")
        assert b"<html" in answer.content

    def test_htmx_gets_the_fragment_alone(self):
        answer = Client().get("/done/", headers={"HX-Request": "true"})
        assert answer.content == '<p id="done">已经收到您写的内容。</p>'.encode()

    @pytest.mark.parametrize("why", ["HX-Boosted", "HX-History-Restore-Request"])
    def test_htmx_gets_the_page_where_it_replaces_the_page(self, why: str):
        answer = Client().get("/done/", headers={"HX-Request": "true", why: "true"})
        assert b"<html" in answer.content

    def test_caches_are_told_to_tell_them_apart(self):
        assert "HX-Request" in Client().get("/done/")["Vary"]

    def test_the_status_is_the_one_asked_for(self):
        assert signed_in("lin").post("/write/", {}).status_code == 422


class TestStylePage:
    @pytest.mark.parametrize("face", [*FACES, "projector"])
    def test_it_shows_every_face(self, face: str):
        assert Client().get(f"/page/look/{face}/").status_code == 200

    def test_an_unknown_face_is_not_found(self):
        assert Client().get("/page/look/nobody/").status_code == 404

    def test_where_real_people_are_served_it_does_not_exist(self, settings: LazySettings):
        settings.DEMO = settings.DEBUG = False
        assert Client().get("/page/look/").status_code == 404
        assert Client().post("/page/look/form/").status_code == 404

    def test_its_form_is_checked_like_any_form(self):
        answer = Client().post("/page/look/form/", {})
        assert answer.status_code == 422
        assert "处需要修改" in answer.content.decode()

    def test_its_form_once_right_goes_back_and_keeps_nothing(self):
        right = {
            "name": "林知远",
            "id_number": "990101199001011234",
            "injured_on": "2026-01-05",
            "state": "右手伤",
            "who": "self",
            "county": "990121",
            "truthful": "on",
        }
        answer = Client().post("/page/look/form/", right, headers={"Referer": "/page/look/"})
        assert answer["Location"] == "/page/look/"


@pytest.mark.parametrize(("count", "shown"), [(0, ""), (1, "1"), (99, "99"), (100, "99+"), (5000, "99+")])
def test_an_entry_says_how_much_waits_there_and_counts_no_further_than_it_shows(monkeypatch, count, shown):
    entry = Entry("desk", "报告", ENTRIES[0].address, count=lambda user: count)
    monkeypatch.setattr(frame, "entries", lambda: (entry,))
    monkeypatch.setattr(frame, "_url", lambda _: "/reports/")
    assert [link.waiting for link in links("desk", a_request())] == [shown]
    html = render_to_string("kernel/components/navigation.html", {"links": links("desk", a_request())})
    assert (f"等待办理：</span>{shown}<" in html) is bool(shown)


def test_nothing_is_counted_for_who_does_not_see_the_entry(monkeypatch):
    asked = []

    def count(user) -> int:
        asked.append(user)
        return 1

    entry = Entry("desk", "报告", "x", permission="nobody.holds", count=count)
    monkeypatch.setattr(frame, "entries", lambda: (entry,))
    assert links("desk", a_request()) == [] and asked == []

"""L7, L11 and sessions that end: what somebody has written or handed in is never lost and never covered unseen."""

from datetime import date

from gongjian.applications.models import Draft
from gongjian.config.demo.cast import Worker, party
from gongjian.config.demo.papers import PAGES
from tests.journeys import portal
from tests.journeys.city import City
from tests.journeys.people import DESK, PHONE, Clock, Invite, sign_in, sign_in_by_telephone

DAY = date(2026, 3, 2)
STORY = "右手被机器压伤，住院两次，现在握不住筷子。"


def test_a_session_that_ends_while_a_form_is_open_loses_nothing(city: City, clock: Clock, invite: Invite):
    clock.at(DAY, 9)
    who = city.a_worker()
    at = invite(party(who.name, who.telephone), size=PHONE)
    draft = portal.begins(at)
    at.opens("portal:step", draft.token, "injury").fills("现在的伤情", STORY)
    at.context.clear_cookies(name="sessionid")
    at.presses(portal.ONWARD).sees("手机号").looks("session-ended")
    sign_in_by_telephone(at, who.telephone)
    at.opens("portal:step", draft.token, "injury")
    assert at.page.get_by_label("现在的伤情").input_value() == STORY


def test_of_two_editors_the_second_sees_what_changed_and_chooses(city: City, clock: Clock, invite: Invite):
    clock.at(DAY, 9)
    who = city.a_worker()
    telephone = invite(party(who.name, who.telephone), size=PHONE)
    computer = invite(party(who.name, who.telephone), size=DESK)
    draft = portal.begins(telephone)
    for device in (telephone, computer):
        device.opens("portal:step", draft.token, "hospital")
    telephone.fills("主要治疗医院", "云溪市中医院").presses(portal.ONWARD).sees("送达地址")
    computer.fills("主要治疗医院", "东溪县人民医院").presses(portal.ONWARD)
    computer.sees("云溪市中医院", "东溪县人民医院").looks("two-editors")
    assert hospital_in(draft) == "云溪市中医院"
    computer.presses("用我刚才填的").sees("送达地址")
    assert hospital_in(draft) == "东溪县人民医院"


def test_what_was_begun_on_a_telephone_is_finished_on_a_computer_with_every_file(
    city: City, clock: Clock, invite: Invite
):
    clock.at(DAY, 9)
    who = city.a_worker()
    telephone = sign_in(invite(size=PHONE), party(who.name, who.telephone))
    portal.begins(telephone)
    portal.tells(telephone, who)
    telephone.presses("完整的病历资料")
    portal.uploads(telephone, "medical_records", who).leaves()
    clock.at(DAY, 20)
    computer = invite(party(who.name, who.telephone), size=DESK).opens("/", picture="portal-home-draft")
    computer.sees("没写完的申请").presses("接着写")
    goes_on_at_the_papers(computer, who)


def goes_on_at_the_papers(computer, who: Worker):
    draft = Draft.objects.latest("pk")
    computer.opens("portal:materials", draft.token).sees(f"{PAGES['medical_records']}个文件")
    computer.presses("完整的病历资料").page.locator(".gj-file-picture").first.click()
    computer.sees("完整的病历资料").looks("materials-viewer")
    leaf = computer.page.locator("main img").first
    assert leaf.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    computer.opens("portal:materials", draft.token)
    for kind in ("diagnosis", "identity"):
        computer.presses({"diagnosis": "有效的诊断证明", "identity": "被鉴定人的身份证件"}[kind])
        portal.uploads(computer, kind, who).presses("完成，返回").sees("点一项材料")
    number = portal.submits(computer)
    portal.follows(computer, number, "待审查材料")


def hospital_in(draft: Draft) -> str:
    draft.refresh_from_db()
    return str(draft.told["hospital"]["hospital"])

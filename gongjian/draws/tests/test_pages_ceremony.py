"""Pages of the draw of experts: preparing, conducting, the hall's page, giving a word, and what is published."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import a_draw_officer, a_scheduler, a_supervisor, an_exam_staff
from gongjian.draws.actions import door
from gongjian.draws.actions.ceremony import give_word
from gongjian.draws.errors import OfficeHasNoWord, WordGivenAlready, WordsNotAllIn
from gongjian.draws.lot.plan import ANY
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import ChangeRequest, Draw, Witness
from gongjian.draws.queries import members
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.queries.preparing import preparation
from gongjian.draws.queries.shown import list_shown
from gongjian.draws.rules import MOST_WRONG_CODES
from gongjian.draws.states import CANNOT_ATTEND, WITNESS_LEFT, State
from gongjian.draws.tests.house import (
    BONE,
    DRAWN,
    EYE,
    KNEE,
    SIGHT,
    WORDS,
    a_committed,
    a_held,
    a_prepared,
    all_words,
    an_available,
    an_open_door,
    cannot_come,
    people_of,
    void,
)
from gongjian.draws.tests.pages import HTMX, as_, read, text_of
from gongjian.experts.tests.builders import an_expert
from gongjian.sittings.models import Sitting
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import a_sitting, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_the_draw():
    with at(DRAWN):
        yield


def url(name: str, *args: object) -> str:
    return reverse(f"draws:{name}", args=args)


def a_form(**changes: str) -> dict[str, str]:
    """The plan of the house as the form sends it."""
    sent = {"one_per_hospital": "on", "witness-1": "监督员", "witness-2": "职工代表", f"reserve-{BONE}": "1"}
    for number, room in ((1, "一号诊室"), (2, "二号诊室")):
        sent |= {f"room-{number}": room, f"seat-{number}-1": BONE, f"seat-{number}-2": SIGHT, f"seat-{number}-3": ANY}
    return {**sent, **changes}


# preparing


def test_the_page_shows_who_is_expected_by_code_and_who_could_sit():
    sitting = a_prepared()
    late = an_expert(BONE)
    told = text_of(as_(a_draw_officer()).get(url("prepare", sitting.number)))
    assert "需要鉴定的人（3 人）和能到场的专家（12 人）" in told
    for booking in sitting.bookings.all():
        assert booking.exam_code in told
        assert booking.case.person.name not in told
    assert late.number in told
    assert "未答复能否到场" in told


def test_the_proposal_has_a_group_for_each_room_and_a_reserve_for_each_specialty():
    found = preparation(a_prepared())
    wishes = found.wishes(groups=2, size=3)
    assert [wish.room for wish in wishes] == ["一号诊室", "二号诊室"]
    assert [wish.wants for wish in wishes] == [(BONE, SIGHT, ANY)] * 2
    assert found.reserves(wishes) == {BONE: 1, SIGHT: 1, ANY: 1}
    assert found.room(3) == "第3组诊室"


def test_the_pool_is_counted_by_specialty():
    sitting = a_prepared(people=[[KNEE], [KNEE], [EYE]])
    an_available(sitting, "thoracic", hospital="云溪市第二人民医院")
    rows = [(one.label, one.people, one.experts) for one in preparation(sitting).supply]
    assert rows == [("骨科", 2, 6), ("眼科", 1, 6), ("胸外科", 0, 1)]


def test_other_groups_are_proposed_when_asked():
    sitting = a_prepared()
    page = read(as_(a_draw_officer()).get(url("prepare", sitting.number), {"groups": "1", "size": "5"}))
    assert len(page.all("input", name="room-1")) == 1
    assert not page.all("input", name="room-2")


def test_a_proposal_that_makes_no_sense_is_left_aside():
    sitting = a_prepared()
    page = read(as_(a_draw_officer()).get(url("prepare", sitting.number), {"groups": "999", "size": "4"}))
    assert page.all("input", name="room-2")
    assert not page.all("input", name="room-3")


def test_a_sitting_without_people_says_what_to_do():
    sitting = a_sitting(state=SittingState.PUBLISHED)
    told = text_of(as_(a_draw_officer()).get(url("prepare", sitting.number)))
    assert "本场还没有安排任何人" in told
    assert "公布名单和承诺" not in told


@pytest.mark.parametrize("who", [an_exam_staff, a_supervisor, a_scheduler])
def test_only_who_draws_prepares(who):
    assert as_(who()).get(url("prepare", a_prepared().number)).status_code == 403


def test_a_rehearsal_shows_every_chance_and_fixes_nothing():
    sitting = a_prepared()
    answer = as_(a_draw_officer()).post(url("prepare", sitting.number), {**a_form(), "preview": "1"})
    told = text_of(answer)
    assert answer.status_code == 200
    assert "预演：公布后每位专家的机会" in told
    assert "12 名专家，6 个席位" in told
    assert "1/2" in told
    assert not Draw.objects.exists()


def test_committing_leads_to_the_page_of_the_draw():
    sitting = a_prepared()
    answer = as_(a_draw_officer()).post(url("prepare", sitting.number), {**a_form(), "commit": "1"})
    draw = Draw.objects.get()
    assert answer["Location"] == url("conduct", draw.number)
    assert [group.room for group in draw.groups.all()] == ["一号诊室", "二号诊室"]
    assert draw.commitment["plan"]["reserves"] == ["骨科"]
    assert [witness.who for witness in draw.witnesses.all()] == ["监督员", "职工代表"]


def test_once_committed_the_page_leads_to_the_draw():
    draw = a_committed()
    answer = as_(a_draw_officer()).get(url("prepare", draw.sitting.number))
    assert answer["Location"] == url("conduct", draw.number)


@pytest.mark.parametrize("button", ["preview", "commit"])
def test_l19_the_refusal_stands_on_the_form_with_what_must_give(button):
    sitting = a_prepared(each=1)
    answer = as_(a_draw_officer()).post(url("prepare", sitting.number), {**a_form(), button: "1"})
    told = text_of(answer)
    assert answer.status_code == 422
    assert "席位无法排满，不能抽取" in told
    assert "需增派 4 名" in told
    assert 'value="一号诊室"' in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seat-1-3": ""}, "专家组应为3人或5人，不能是2人"),
        ({"seat-1-4": BONE}, "专家组应为3人或5人，不能是4人"),
        ({"room-1": ""}, "请填写第1组的诊室"),
        ({f"seat-{n}-{s}": "" for n in (1, 2) for s in (1, 2, 3)}, "至少要有一个专家组"),
        ({"witness-1": "", "witness-2": " "}, "至少需要一位"),
        ({"seat-1-1": "alchemy"}, "alchemy"),
        ({"reserve-orthopaedics": "99"}, "9"),
    ],
)
def test_a_plan_that_is_not_one_is_refused_in_words(changes, said):
    sitting = a_prepared()
    answer = as_(a_draw_officer()).post(url("prepare", sitting.number), {**a_form(**changes), "commit": "1"})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Draw.objects.exists()


def test_a_group_left_empty_is_dropped_and_five_seats_are_five():
    sitting = a_prepared()
    empty = {f"seat-2-{seat}": "" for seat in (1, 2, 3)}
    five = {"seat-1-4": BONE, "seat-1-5": ANY}
    as_(a_draw_officer()).post(
        url("prepare", sitting.number), {**a_form(**empty, **five), "one_per_hospital": "", "commit": "1"}
    )
    assert Draw.objects.get().commitment["plan"]["groups"] == [
        {"id": "G01", "wants": ["骨科", "眼科", "*", "骨科", "*"]}
    ]
    assert Draw.objects.get().commitment["plan"]["one_per_hospital"] is False


# conducting


def test_the_list_shows_coming_sittings_and_draws():
    draw = a_committed()
    told = text_of(as_(a_draw_officer()).get(url("list")))
    assert draw.sitting.number in told
    assert draw.number in told
    assert url("live", draw.number, draw.view_key) in told


def test_an_empty_list_says_what_to_do():
    told = text_of(as_(a_draw_officer()).get(url("list")))
    assert "近期没有场次" in told
    assert "还没有抽取" in told


def test_the_number_of_queries_of_the_list_does_not_grow(django_assert_max_num_queries):
    draw = a_committed()
    for _ in range(3):
        void(draw, reason="重来", by=a_draw_officer())
        draw = a_committed(draw.sitting)
    browser = as_(a_draw_officer())
    with django_assert_max_num_queries(11):
        browser.get(url("list"))


def test_the_officer_waits_for_the_words_and_then_may_draw():
    draw = a_committed()
    page = read(as_(a_draw_officer()).get(url("conduct", draw.number)))
    (button,) = [one for one in page.all("button") if "开始抽取" in one.text]
    assert button.get("disabled") is not None
    all_words(draw)
    page = read(as_(a_draw_officer()).get(url("conduct", draw.number)))
    (button,) = [one for one in page.all("button") if "开始抽取" in one.text]
    assert button.get("disabled") is None


def test_pressing_too_early_is_refused_in_words():
    draw = a_committed()
    answer = as_(a_draw_officer()).post(url("hold", draw.number))
    assert answer.status_code == 422
    assert str(WordsNotAllIn(who="监督员、职工代表")) in text_of(answer)


def test_pressing_draws_and_shows_who_sits_where():
    draw = all_words(a_committed())
    answer = as_(a_draw_officer()).post(url("hold", draw.number), follow=True)
    draw.refresh_from_db()
    told = text_of(answer)
    assert draw.state == State.HELD
    assert "已抽取，座次和候补见下" in told
    for number in (1, 2):
        for expert in members(draw.groups.get(number=number)):
            assert expert.number in told


def test_a_supervisor_looks_on_without_buttons():
    draw = all_words(a_committed())
    told = text_of(as_(a_supervisor()).get(url("conduct", draw.number)))
    assert "开始抽取" not in told
    assert "作废" not in told
    assert as_(a_supervisor()).post(url("hold", draw.number)).status_code == 403
    assert as_(a_supervisor()).get(url("codes", draw.number)).status_code == 403


def test_codes_are_on_slips_for_the_officer_alone():
    draw = a_committed()
    told = text_of(as_(a_draw_officer()).get(url("codes", draw.number)))
    for witness in draw.witnesses.all():
        assert f"{witness.entry_code[:4]} {witness.entry_code[4:]}" in told
    for page in (url("conduct", draw.number), url("live", draw.number, draw.view_key)):
        shown = text_of(as_(a_draw_officer()).get(page))
        assert not any(witness.entry_code in shown for witness in draw.witnesses.all())


def test_voiding_takes_a_reason_and_leads_to_a_new_list():
    draw = a_committed()
    browser = as_(a_draw_officer())
    told = text_of(browser.post(url("void", draw.number), {"kind": ""}, follow=True))
    assert not ChangeRequest.objects.exists()
    told = text_of(browser.post(url("void", draw.number), {"kind": WITNESS_LEFT}, follow=True))
    assert "待第二人确认" in told
    change = ChangeRequest.objects.get()
    browser.post(url("answer_change", draw.number, change.pk), {"answer": "confirm"})
    draw.refresh_from_db()
    assert draw.state == State.COMMITTED
    as_(a_supervisor()).post(url("answer_change", draw.number, change.pk), {"answer": "confirm"})
    told = text_of(browser.get(url("conduct", draw.number)))
    assert "给词人离场，没有给词" in told
    assert url("prepare", draw.sitting.number) in told


def test_a_member_who_cannot_come_gives_way_to_the_reserve():
    draw = a_held(a_prepared(each=10), reserves=[BONE] * 3, one_per_hospital=False)
    gone = members(draw.groups.get(number=1))[0]
    asked = {"expert": gone.number, "kind": CANNOT_ATTEND, "facts": "急诊手术"}
    told = text_of(as_(a_draw_officer()).post(url("leaves", draw.number), asked, follow=True))
    assert "第二人确认之前什么都不改变" in told
    assert gone in members(draw.groups.get(number=1))
    answer = {"answer": "confirm"}
    page = url("answer_change", draw.number, ChangeRequest.objects.get().pk)
    told = text_of(as_(an_exam_staff()).post(page, answer, follow=True))
    assert f"{gone.number}：本场不能到场" in told
    assert "急诊手术" not in told
    assert "急诊手术" not in of_the_hall(draw)
    assert "离席 1 次（本场不能到场 1）" in of_the_hall(draw)
    assert gone not in members(draw.groups.get(number=1))


@pytest.mark.parametrize("expert", ["", "nobody"])
def test_leaving_names_somebody(expert):
    draw = a_held()
    told = text_of(as_(a_draw_officer()).post(url("leaves", draw.number), {"expert": expert}, follow=True))
    assert "请选择离席的专家" in told or "不在本次抽取" in told


def test_a_refusal_of_leaving_stands_on_the_page():
    draw = a_held()
    stranger = an_expert(BONE)
    told = text_of(
        as_(a_draw_officer()).post(
            url("leaves", draw.number), {"expert": stranger.number, "kind": CANNOT_ATTEND, "facts": "x"}, follow=True
        )
    )
    assert "不在本次抽取的席位或候补名单中" in told


def test_the_receipt_that_staff_fetch_verifies():
    draw = a_held()
    answer = as_(a_supervisor()).get(url("staff_receipt", draw.number))
    assert answer["Content-Disposition"] == f'attachment; filename="{draw.number}.json"'
    assert verify_text(answer.content) == []


def test_publishing_puts_the_receipt_on_the_public_list():
    draw = a_held()
    as_(a_draw_officer()).post(url("close", draw.number))
    told = text_of(as_().get(url("published")))
    assert draw.number in told
    assert draw.commitment_hash in told
    assert url("receipt", draw.number) in told


def test_an_empty_public_list_tells_how_to_check():
    told = text_of(as_().get(url("published")))
    assert "还没有公开的抽取" in told
    assert "draws/verifier.html" in told


# the hall's page


def of_the_hall(draw: Draw, **headers: str) -> str:
    return text_of(as_().get(url("live", draw.number, draw.view_key), **headers))


def test_everything_is_shown_before_any_word_is_given():
    sitting = a_prepared()
    barred = an_expert(SIGHT)
    draw = a_committed(sitting)
    told = of_the_hall(draw)
    plain = re.sub(r"\s", "", told)
    assert draw.commitment_hash[:4] in told
    for expert in draw.commitment["plan"]["experts"]:
        assert expert["id"] in told
        assert expert["hospital"] in told
    assert "1/2" in told
    assert "每人的机会为1/2" in plain
    assert barred.number in told
    assert "本场不能到场" in told
    assert "未答复" not in told
    assert "G01（骨科、眼科、任意）" in told
    assert "候补：骨科、眼科、任意" in told


def test_experts_who_are_certain_or_cannot_sit_are_told_with_the_reason():
    sitting = a_prepared(people=[[KNEE], [EYE]], each=2)
    an_available(sitting, "thoracic", hospital="云溪市第二人民医院")
    wishes = [GroupWish("一号诊室", (BONE, BONE, SIGHT))]
    draw = a_committed(sitting, wishes=wishes, reserves=(), one_per_hospital=False)
    levels = {level.chance: level for level in list_shown(draw).levels}
    assert set(levels) == {"0", "1/2", "1"}
    assert "必然入选" in of_the_hall(draw)
    assert "不能入选" in of_the_hall(draw)
    assert "不是抽签的结果" in levels["1"].why
    assert "没有可坐的席位" in levels["0"].why
    assert [level.by_lot for level in (levels["0"], levels["1/2"], levels["1"])] == [False, True, False]


def test_where_hospitals_force_redraws_practice_draws_stand_beside_the_chances():
    sitting = a_prepared(people=[[KNEE], [EYE]], each=0)
    for code, hospitals in ((BONE, "甲甲乙丙"), (SIGHT, "乙丙丁")):
        for hospital in hospitals:
            an_available(sitting, code, hospital=f"云溪市{hospital}医院", department="康复科")
    apart = [GroupWish("一号诊室", (BONE, BONE, BONE)), GroupWish("二号诊室", (SIGHT, SIGHT, SIGHT))]
    draw = a_committed(sitting, wishes=apart, reserves=())
    shown = list_shown(draw)
    assert shown.practice is not None
    assert shown.practice.tried == 100
    assert 0 < shown.practice.redrawn < 100
    assert all(expert.practice.endswith("%") for level in shown.levels for expert in level.experts)
    assert "预演 100 次" in of_the_hall(draw)


def test_words_show_that_they_were_given_and_not_what_they_say():
    draw = a_committed()
    given = give_word(draw.witnesses.get(position=1).entry_code, WORDS[0])
    told = of_the_hall(draw)
    assert given.seal[:16] in told
    assert WORDS[0] not in told
    assert "等待给词" in told


def test_after_the_draw_words_seed_seats_and_reserves_are_shown():
    draw = a_held()
    told = of_the_hall(draw)
    assert all(word in told for word in WORDS)
    for panel in (draw.groups.get(number=1), draw.groups.get(number=2)):
        assert all(expert.number in told for expert in members(panel))
    assert "候补次序" in told
    assert url("live_receipt", draw.number, draw.view_key) in told


def test_no_page_of_the_hall_shows_a_name():
    draw = a_held()
    row = an_open_door(draw)
    for page in (of_the_hall(draw), of_the_hall(row)):
        assert not any(expert.name in page for group in draw.groups.all() for expert in members(group))
        assert not any(booking.case.person.name in page for booking in people_of(draw))
        assert not any(booking.exam_code in page for booking in people_of(draw))


def test_the_page_asks_again_and_is_answered_only_when_something_is_new():
    draw = a_committed()
    address = url("live", draw.number, draw.view_key)
    page = read(as_().get(address))
    (root,) = page.all(id="_live")
    assert root["hx-trigger"] == "every 2s"
    assert as_().get(root["hx-get"], **HTMX).status_code == 204
    give_word(draw.witnesses.get(position=1).entry_code, WORDS[0])
    fresh = as_().get(root["hx-get"], **HTMX)
    assert fresh.status_code == 200
    assert text_of(fresh).startswith('<div id="_live"')


def test_a_void_draw_says_so_and_the_next_one_names_it():
    draw = a_committed()
    void(draw, reason="职工代表离场", by=a_draw_officer())
    assert "名单或者席位有误" in of_the_hall(draw)
    assert "职工代表离场" not in of_the_hall(draw)
    again = a_committed(draw.sitting)
    assert f"{draw.commitment_hash[:16]}……，理由：名单或者席位有误；作废时2人中0人已给词" in of_the_hall(again)


def test_a_change_after_the_draw_is_shown():
    draw = a_held(a_prepared(each=10), reserves=[BONE] * 3, one_per_hospital=False)
    gone = members(draw.groups.get(number=1))[0]
    cannot_come(draw.sitting, gone)
    draw.refresh_from_db()
    assert f"{gone.number} 本场不能到场" in of_the_hall(draw)


def test_a_wrong_key_shows_nothing():
    draw = a_committed()
    answer = as_().get(url("live", draw.number, "wrong"))
    assert answer.status_code == 404
    assert draw.commitment_hash not in text_of(answer)


# giving a word


def test_a_code_that_is_typed_leads_to_the_word_and_the_word_to_its_seal():
    witness = a_committed().witnesses.get(position=1)
    browser = as_()
    told = text_of(browser.post(url("word"), {"code": witness.entry_code.lower()}, follow=True))
    assert witness.draw.commitment_hash[:4] in told
    assert "监督员" in told
    told = text_of(browser.post(url("word"), {"word": WORDS[0]}, follow=True))
    witness.refresh_from_db()
    assert "您的词已封存" in told
    assert witness.seal[:4] in told
    assert WORDS[0] not in told


def test_a_code_that_is_scanned_leads_there_too_and_stays_out_of_the_address():
    witness = a_committed().witnesses.get(position=1)
    browser = as_()
    answer = browser.get(url("word_code", witness.entry_code))
    assert answer["Location"] == url("word")
    assert "您的身份：监督员" in text_of(browser.get(url("word")))


def test_without_a_code_the_page_asks_for_one():
    browser = as_()
    assert "给词码" in text_of(browser.get(url("word")))
    assert "给词码" in text_of(browser.post(url("word"), {"word": "无码"}))


def test_a_wrong_code_is_refused_on_the_form():
    a_committed()
    answer = as_().post(url("word"), {"code": "AAAA2222"})
    assert answer.status_code == 422
    assert "给词码不正确" in text_of(answer)
    assert as_().get(url("word_code", "AAAA2222")).status_code == 404


def test_too_many_wrong_codes_make_the_address_wait_but_not_who_is_in_already():
    witness = a_committed().witnesses.get(position=1)
    inside = as_()
    inside.get(url("word_code", witness.entry_code))
    for _ in range(MOST_WRONG_CODES):
        as_().post(url("word"), {"code": "AAAA2222"})
    assert "次数过多" in text_of(as_().post(url("word"), {"code": witness.entry_code}))
    assert "您的词已封存" in text_of(inside.post(url("word"), {"word": WORDS[0]}, follow=True))


def test_a_word_that_is_none_stays_on_the_form():
    witness = a_committed().witnesses.get(position=1)
    browser = as_()
    browser.get(url("word_code", witness.entry_code))
    for word in ("", "   ", "字" * 65):
        assert browser.post(url("word"), {"word": word}).status_code == 422
    assert Witness.objects.get(pk=witness.pk).given_at is None


def test_the_officer_who_is_signed_in_is_refused():
    witness = a_committed().witnesses.get(position=1)
    browser = as_(a_draw_officer())
    browser.get(url("word_code", witness.entry_code))
    answer = browser.post(url("word"), {"word": WORDS[0]})
    assert answer.status_code == 422
    assert str(OfficeHasNoWord()) in text_of(answer)


def test_a_word_given_elsewhere_meanwhile_is_not_replaced():
    witness = a_committed().witnesses.get(position=1)
    browser = as_()
    browser.get(url("word_code", witness.entry_code))
    give_word(witness.entry_code, WORDS[0])
    answer = browser.post(url("word"), {"word": "另一个"})
    assert str(WordGivenAlready()) in text_of(answer)


def test_after_the_draw_the_page_says_that_it_is_over():
    draw = a_committed()
    witness = draw.witnesses.get(position=1)
    browser = as_()
    browser.get(url("word_code", witness.entry_code))
    void(draw, reason="重来", by=a_draw_officer())
    assert "现在不能给词" in text_of(browser.get(url("word")))


def test_another_code_may_be_used_on_the_same_telephone():
    draw = a_committed()
    browser = as_()
    for witness in draw.witnesses.all():
        browser.post(url("word"), {"code": witness.entry_code})
        browser.post(url("word"), {"word": f"词{witness.position}"})
    assert "给词码" in text_of(browser.get(url("word"), {"other": "1"}))
    with at(DRAWN):
        assert not Witness.objects.filter(given_at=None).exists()


def test_a_form_without_its_token_is_not_taken():
    witness = a_committed().witnesses.get(position=1)
    strict = Client(enforce_csrf_checks=True)
    strict.get(url("word_code", witness.entry_code))
    assert strict.post(url("word"), {"word": WORDS[0]}).status_code == 403
    assert Witness.objects.get(pk=witness.pk).given_at is None


def test_closing_a_draw_of_experts_leaves_the_sitting_as_it_was():
    draw = a_held()
    door.close(draw, by=a_draw_officer())
    assert Sitting.objects.get(pk=draw.sitting_id).state == SittingState.PUBLISHED

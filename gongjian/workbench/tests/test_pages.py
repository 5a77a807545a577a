"""Every page of the workbench: what it shows, what it hides, where it leads, what it refuses."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from gongjian.accounts.tests.builders import PASSWORD, a_clerk, a_worker_user, an_expert_user
from gongjian.appraisal.states import State
from gongjian.cases.tests.builders import put_in_state
from gongjian.opinions.actions.deliberate import say_view
from gongjian.opinions.content import Content
from gongjian.opinions.models import Assignment, Deliberation, Opinion, OpinionDraft, Round
from gongjian.opinions.tests.builders import CAST, a_finding, an_opinion_of, the_experts
from gongjian.workbench.tests.builders import a_case_on_the_table, form_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("exam_day")]
HX = {"HX-Request": "true"}
HIDDEN = ("林知远", "990101", "恒信", "19900000001", "柳桥路", "YXJD-2026")
"""What would tell who the person is: name, identity number, employer, telephone, address, case number."""


@pytest.fixture
def table(seated: Any) -> Any:
    """A case on the table and the browser of its first expert."""
    case, code = a_case_on_the_table(seated)
    seated.reserves = [an_expert_user(*CAST[5])]
    return case, code, signed_in(the_experts(1)[0])


def text_of(response: Any) -> str:
    return str(response.content.decode())


def declare(client: Client, code: str) -> Any:
    return client.post(f"/expert/{code}/declare/", {"none": "1"})


def write(client: Client, code: str, content: Content | None = None, **told: Any) -> Any:
    headers = told.pop("headers", None)
    form = form_of(content or an_opinion_of(9), version=told.get("version", 1), do=told.get("do", "save"))
    return client.post(f"/expert/{code}/opinion/", form, headers=headers)


def seal(client: Client, code: str, grade: int | None = 9, *, version: int = 1) -> Any:
    declare(client, code)
    write(client, code, an_opinion_of(grade), version=version)
    return client.post(f"/expert/{code}/sign/", {"version": str(version + 1), "password": PASSWORD})


def deliberating(code: str) -> list[Client]:
    clients = [signed_in(user) for user in the_experts(3)]
    for client, grade in zip(clients, (8, 9, 10), strict=True):
        seal(client, code, grade)
    return clients


def test_the_days_list_shows_codes_and_what_is_asked(table):
    _, code, client = table
    body = text_of(client.get("/expert/"))
    assert code in body
    assert "待作回避声明" in body
    assert "一号检查室" in body


def test_an_empty_day_says_what_will_come(seated):
    body = text_of(signed_in(the_experts(1)[0]).get("/expert/"))
    assert "今天没有分到您这里的检查" in body


def test_the_list_answers_its_own_polling_with_the_fragment_alone(table):
    _, _, client = table
    body = text_of(client.get("/expert/", headers=HX))
    assert body.lstrip().startswith('<div id="_lines"')
    assert "every 10s" in body


@pytest.mark.parametrize("user", [a_clerk, a_worker_user])
def test_the_workbench_is_for_experts(user):
    response = signed_in(user()).get("/expert/")
    assert response.status_code == 403
    assert "专家账号" in text_of(response)


def test_who_is_not_signed_in_is_led_to_the_sign_in_page():
    response = Client().get("/expert/")
    assert (response.status_code, response["Location"].startswith("/account/")) == (302, True)


@pytest.mark.parametrize("page", ["", "opinion/", "sign/", "sealed/", "talk/"])
def test_l24_before_the_declaration_every_page_leads_to_it(table, page):
    _, code, client = table
    response = client.get(f"/expert/{code}/{page}", follow=True)
    assert response.redirect_chain[-1][0] == f"/expert/{code}/declare/"


@pytest.mark.parametrize("page", ["paper/", "clauses/?pick=0"])
def test_l24_before_the_declaration_no_paper_and_no_person_is_shown(table, page):
    _, code, client = table
    response = client.get(f"/expert/{code}/{page}", headers=HX)
    assert "41岁" not in text_of(response)
    assert "page_image" not in text_of(response)


def test_l24_the_declaration_page_tells_nothing_of_the_case(table):
    _, code, client = table
    body = text_of(client.get(f"/expert/{code}/declare/"))
    assert code in body
    assert [word for word in (*HIDDEN, "41岁", "小腿") if word in body] == []


def test_a_declaration_without_its_tick_is_refused(table):
    _, code, client = table
    assert client.post(f"/expert/{code}/declare/", {}).status_code == 422
    assert not Assignment.objects.exclude(declared_at=None).exists()


def test_after_the_declaration_the_examination_opens(table):
    _, code, client = table
    assert declare(client, code)["Location"] == f"/expert/{code}/"
    assert client.get(f"/expert/{code}/", follow=True).redirect_chain == [(f"/expert/{code}/opinion/", 302)]
    assert client.get(f"/expert/{code}/declare/")["Location"] == f"/expert/{code}/"


def test_the_examination_shows_sex_age_and_recognised_parts_and_never_who(table):
    _, code, client = table
    declare(client, code)
    body = text_of(client.get(f"/expert/{code}/opinion/"))
    assert all(word in body for word in ("男", "41岁", "左小腿", "右指", "第1轮"))
    assert [word for word in HIDDEN if word in body] == []


def test_no_page_of_the_whole_walk_says_who_the_person_is(table):
    _, code, client = table
    declare(client, code)
    write(client, code)
    pages = [f"/expert/{code}/{page}" for page in ("opinion/", "paper/", "sign/", "opinion/?pick=0")] + ["/expert/"]
    bodies = [text_of(client.get(page)) for page in pages]
    clients = deliberating(code)
    bodies += [text_of(clients[0].get(page)) for page in (f"/expert/{code}/talk/", "/expert/", "/expert/history/")]
    assert [word for word in HIDDEN for body in bodies if word in body] == []


def test_the_form_begins_with_one_finding_for_each_recognised_part(table):
    _, code, client = table
    declare(client, code)
    body = text_of(client.get(f"/expert/{code}/opinion/"))
    assert body.count('class="wb-card wb-finding"') == 2
    assert '<optgroup label="工伤认定的部位">' in body


def test_what_is_typed_is_saved_without_a_button(table):
    _, code, client = table
    declare(client, code)
    answer = write(client, code, headers=HX)
    body = text_of(answer)
    assert answer.status_code == 200
    assert "已自动保存 10:00:00" in body
    assert 'name="version" value="2" hx-swap-oob="true"' in body
    assert "可以签名" in body


def test_without_script_saving_leads_back_to_the_page(table):
    _, code, client = table
    declare(client, code)
    assert write(client, code)["Location"] == f"/expert/{code}/opinion/#opinion"


def test_l07_a_second_device_sees_both_drafts_and_chooses(table):
    _, code, client = table
    declare(client, code)
    write(client, code, an_opinion_of(9))
    answer = write(client, code, an_opinion_of(8), headers=HX)
    body = text_of(answer)
    assert answer.status_code == 409
    assert "没有覆盖" in body
    assert "本页：八级" in body
    assert "另一处：九级" in body
    assert write(client, code, an_opinion_of(8), do="mine").status_code == 302
    assert OpinionDraft.objects.get().content["grade"] == 8


def test_l07_without_script_the_page_keeps_what_was_typed(table):
    _, code, client = table
    declare(client, code)
    write(client, code, an_opinion_of(9))
    answer = write(client, code, an_opinion_of(8, reason="本页写的理由"))
    assert answer.status_code == 409
    assert "本页写的理由" in text_of(answer)
    assert "保留本页内容" in text_of(answer)


@pytest.mark.parametrize(
    ("do", "findings", "place"),
    [
        ("add", 2, "#opinion"),
        ("remove:0", 1, "#opinion"),
        ("pick:0", 1, "?pick=0#clauses"),
        ("choose:0:5.10.2(12)", 1, "#finding-0"),
    ],
)
def test_each_button_of_the_form_keeps_everything_and_does_its_work(table, do, findings, place):
    _, code, client = table
    declare(client, code)
    answer = write(client, code, do=do)
    assert answer["Location"].endswith(place)
    content = Content.of(OpinionDraft.objects.get().content)
    assert len(content.findings) == findings
    assert content.reason == "按所选条款评定"


def test_choosing_a_clause_puts_it_into_its_finding_with_its_notes(table):
    _, code, client = table
    declare(client, code)
    body = text_of(write(client, code, an_opinion_of(None), do="choose:0:5.9.2(23)", headers=HX))
    assert 'value="5.9.2(23)"' in body
    assert "四肢长管状骨" in body
    assert "注：长管状骨" in body


def test_a_clause_may_be_put_back(table):
    _, code, client = table
    declare(client, code)
    write(client, code, do="unchoose:0")
    assert OpinionDraft.objects.get().content["findings"][0]["clause"] == ""


def test_a_clause_that_does_not_exist_is_refused(table):
    _, code, client = table
    declare(client, code)
    assert write(client, code, do="choose:0:9.9.9").status_code == 404


def test_the_picker_offers_the_tree_and_the_principles(table):
    _, code, client = table
    declare(client, code)
    body = text_of(client.get(f"/expert/{code}/opinion/?pick=0"))
    assert all(word in body for word in ("骨科整形外科烧伤科", "听功能障碍", "定级原则", "5.10.1"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=长管状骨", "5.9.2(23)"),
        ("q=szcgzg", "5.9.2(23)"),
        ("q=9-23", "5.9.2(23)"),
        ("system=听功能障碍", "听功能障碍："),
        ("grade=9&q=骨折", "九级"),
    ],
)
def test_clauses_are_found_by_words_sounds_numbers_systems_and_grades(table, query, found):
    _, code, client = table
    declare(client, code)
    assert found in text_of(client.get(f"/expert/{code}/clauses/?pick=0&{query}", headers=HX))


def test_a_search_without_result_says_what_else_to_try(table):
    _, code, client = table
    declare(client, code)
    assert "换个说法" in text_of(client.get(f"/expert/{code}/clauses/?pick=0&q=zzzzzz", headers=HX))


def test_without_script_the_search_is_on_the_page_itself(table):
    _, code, client = table
    declare(client, code)
    assert client.get(f"/expert/{code}/clauses/?pick=0&q=骨").status_code == 302
    assert "5.9.2(23)" in text_of(client.get(f"/expert/{code}/opinion/?pick=0&q=长管状骨"))


def test_two_equal_clauses_give_a_hint_and_never_a_grade(table):
    _, code, client = table
    declare(client, code)
    content = Content(findings=(a_finding(), a_finding(injury="右手", part="133", side="right", clause="5.9.2(23)")))
    body = text_of(write(client, code, content, headers=HX))
    assert "按4.2可晋升至八级（须您判断）" in body
    assert OpinionDraft.objects.get().content["grade"] is None


def test_a_clause_outside_the_recognised_parts_asks_for_its_reason(table):
    _, code, client = table
    declare(client, code)
    content = Content(findings=(a_finding(clause="5.10.2(26)"),))
    body = text_of(write(client, code, content, do="add", headers=HX))
    assert "与本次工伤的关系" in body


def test_the_signing_page_shows_the_whole_opinion(table):
    _, code, client = table
    declare(client, code)
    assert write(client, code, do="sign")["Location"] == f"/expert/{code}/sign/"
    body = text_of(client.get(f"/expert/{code}/sign/"))
    assert all(word in body for word in ("左胫腓骨骨折", "九级", "按所选条款评定", "登录口令", "签名并封存"))


def test_an_unfinished_opinion_has_no_place_to_sign(table):
    _, code, client = table
    declare(client, code)
    body = text_of(client.get(f"/expert/{code}/sign/"))
    assert "回到检查页补充" in body
    assert "登录口令" not in body


def test_no_grade_beside_a_self_care_impairment_stands_among_what_is_to_be_mended(table):
    _, code, client = table
    declare(client, code)
    both = replace(an_opinion_of(None), selfcare=("eating",), selfcare_none=False, explanation="已核对")
    write(client, code, both)
    told = [text_of(client.get(f"/expert/{code}/{page}")) for page in ("opinion/", "sign/")]
    assert ["结论书不能同时载明两者" in body and 'href="#grade"' in body for body in told] == [True, True]
    assert ['name="password"' in body for body in told] == [False, False]
    refused = client.post(f"/expert/{code}/sign/", {"version": "2", "password": PASSWORD})
    assert (refused.status_code, Opinion.objects.count()) == (422, 0)


def test_before_the_call_there_is_no_place_to_sign(seated):
    _, code = a_case_on_the_table(seated, state=State.GROUPED)
    client = signed_in(the_experts(1)[0])
    declare(client, code)
    write(client, code)
    assert "还没有叫到" in text_of(client.get(f"/expert/{code}/sign/"))


def test_a_wrong_password_seals_nothing_and_loses_nothing(table):
    _, code, client = table
    declare(client, code)
    write(client, code)
    answer = client.post(f"/expert/{code}/sign/", {"version": "2", "password": "wrong"})
    assert answer.status_code == 403
    assert "签名口令不对" in text_of(answer)
    assert not Opinion.objects.exists()
    assert OpinionDraft.objects.exists()


def test_wrong_passwords_lock_the_signature_as_they_lock_the_sign_in(table, settings):
    settings.AXES_FAILURE_LIMIT = 2
    _, code, client = table
    declare(client, code)
    write(client, code)
    for _ in range(3):
        client.post(f"/expert/{code}/sign/", {"version": "2", "password": "wrong"})
    answer = client.post(f"/expert/{code}/sign/", {"version": "2", "password": PASSWORD})
    assert answer.status_code in {403, 429}
    assert not Opinion.objects.exists()


def test_after_the_seal_only_the_own_fact_is_shown(table):
    _, code, client = table
    assert seal(client, code)["Location"] == f"/expert/{code}/"
    body = text_of(client.get(f"/expert/{code}/sealed/"))
    assert Opinion.objects.get().content_hash in body
    assert [word for word in ("九级", "骨折", "按所选条款", "41岁") if word in body] == []


@pytest.mark.parametrize("page", ["opinion/", "sign/", "talk/", "declare/"])
def test_after_the_seal_every_page_leads_to_that_fact(table, page):
    _, code, client = table
    seal(client, code)
    chain = client.get(f"/expert/{code}/{page}", follow=True).redirect_chain
    assert chain[-1][0] == f"/expert/{code}/sealed/"


@pytest.mark.parametrize(("method", "page"), [("get", "paper/"), ("post", "opinion/"), ("post", "sign/")])
def test_after_the_seal_papers_and_form_are_closed(table, method, page):
    _, code, client = table
    seal(client, code)
    answer = getattr(client, method)(
        f"/expert/{code}/{page}", {"version": "1", "password": PASSWORD} if method == "post" else None
    )
    assert answer.status_code in {403, 422}


def test_a_conflict_is_told_in_one_step_and_closes_the_case(table):
    _, code, client = table
    answer = client.post(f"/expert/{code}/conflict/", {"ground": "kinship"}, follow=True)
    assert "已记录您的回避" in text_of(answer)
    assert client.get(f"/expert/{code}/").status_code == 404
    assert code in text_of(signed_in(an_expert_user(*CAST[5])).get("/expert/"))


@pytest.mark.parametrize("ground", ["", "because"])
def test_a_conflict_needs_its_reason(table, ground):
    _, code, client = table
    assert client.post(f"/expert/{code}/conflict/", {"ground": ground}).status_code == 422
    assert not Assignment.objects.exclude(conflict="").exists()


def test_without_majority_the_opinions_stand_side_by_side_without_names(table):
    _, code, _ = table
    client = deliberating(code)[0]
    body = text_of(client.get(f"/expert/{code}/talk/"))
    assert all(
        word in body for word in ("第1席（我）", "第2席", "第3席", "八级", "九级", "十级", "八级1人，九级1人，十级1人")
    )
    assert [word for word in ("骆骨生的", "章手一", "沈神安") if word in body.split("<main", 1)[1]] == []


def test_views_and_record_lead_to_the_next_round(table):
    _, code, _ = table
    clients = deliberating(code)
    for client in clients:
        client.post(f"/expert/{code}/talk/", {"text": "按重者定级", "password": PASSWORD})
    assert "合议记录" in text_of(clients[0].get(f"/expert/{code}/talk/"))
    assert "请等组长" in text_of(clients[1].get(f"/expert/{code}/talk/"))
    clients[0].post(f"/expert/{code}/talk/record/", {"text": "逐项核对", "password": PASSWORD})
    assert (Round.objects.count(), Deliberation.objects.filter(closed_at=None).count()) == (2, 0)
    assert "第2轮" in text_of(clients[2].get(f"/expert/{code}/opinion/"))


def test_who_has_said_a_view_waits_for_the_others(table):
    _, code, _ = table
    clients = deliberating(code)
    say_view(code, "意见", password=PASSWORD, by=the_experts(1)[0])
    assert "请等其他成员" in text_of(clients[0].get(f"/expert/{code}/talk/"))


@pytest.mark.parametrize("page", ["talk/", "talk/record/"])
def test_a_wrong_password_signs_nothing_in_the_deliberation(table, page):
    _, code, _ = table
    client = deliberating(code)[0]
    assert client.post(f"/expert/{code}/{page}", {"text": "意见", "password": "wrong"}).status_code == 403


def test_in_the_deliberation_the_papers_are_open_again(table):
    _, code, _ = table
    client = deliberating(code)[0]
    assert "看材料" in text_of(client.get(f"/expert/{code}/talk/"))
    assert client.get(f"/expert/{code}/paper/").status_code == 200


@pytest.mark.parametrize("state", [State.OPINED, State.TERMINATED])
def test_a_finished_case_shows_only_that_it_is_over(table, state):
    case, code, client = table
    declare(client, code)
    put_in_state(case, state)
    body = text_of(client.get(f"/expert/{code}/", follow=True))
    assert "已经结束" in body
    assert "41岁" not in body


def test_the_history_lists_codes_and_dates_only(table):
    _, code, client = table
    seal(client, code)
    body = text_of(client.get("/expert/history/"))
    assert code in body
    assert "2026-03-18 10:00" in body
    assert [part for part in (">2026年<", ">1天<", ">1件<") if part not in body] == []
    assert [word for word in ("九级", "骨折", *HIDDEN) if word in body] == []


def test_an_empty_history_says_so(table):
    assert "还没有封存过意见" in text_of(table[2].get("/expert/history/"))


def test_a_code_of_another_group_answers_like_none(table):
    stranger = signed_in(an_expert_user("expert-other", "别组专家"))
    answers = [stranger.get(f"/expert/{code}/opinion/") for code in (table[1], "NONE")]
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/expert/", 12),
        ("/expert/{}/opinion/", 22),
        ("/expert/{}/opinion/?pick=0&q=骨", 22),
        ("/expert/{}/paper/", 16),
        ("/expert/{}/sign/", 16),
    ],
)
def test_each_page_asks_a_known_number_of_questions(table, page, most, django_assert_max_num_queries):
    _, code, client = table
    declare(client, code)
    write(client, code)
    with django_assert_max_num_queries(most):
        assert client.get(page.format(code)).status_code == 200


def test_nothing_of_the_workbench_is_kept_by_the_browser(table):
    _, code, client = table
    declare(client, code)
    assert "no-store" in client.get(f"/expert/{code}/opinion/")["Cache-Control"]

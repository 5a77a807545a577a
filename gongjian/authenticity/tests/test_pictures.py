"""A picture that stands in two cases is shown to a person, side by side; the person says what it means, and nothing else happens."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, an_outsider
from gongjian.authenticity import examining
from gongjian.authenticity.elsewhere import matches_of
from gongjian.authenticity.errors import ComparisonUnclear, PairNotFound
from gongjian.authenticity.examining import BANDS, candidates, examine_due
from gongjian.authenticity.finding import compare, owe_comparing
from gongjian.authenticity.models import Comparison, Examination, Likeness, PicturePrint, Remark
from gongjian.authenticity.prints import turned_prints_of
from gongjian.authenticity.rules import MOST_ELSEWHERE, Print
from gongjian.authenticity.tests.scenes import CHANGES, a_form, a_scene, as_jpeg
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import put_in_state
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import readings_of
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.models import MaterialPage
from gongjian.parties.tests.builders import a_person, an_employer
from gongjian.recognition.errors import NotTheInvestigator
from gongjian.recognition.models import Decision, Proposal
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    an_investigated_case,
    an_investigator,
    another_bureau,
    the_clerk,
    the_reviewer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]
LATER = MONDAY + timedelta(hours=1)
KIND = "police_document"


def a_case() -> Case:
    """Investigated; the papers of its application, the same few dots in all tests, were looked at before."""
    case = an_investigated_case()
    MaterialPage.objects.filter(material__case=case).update(examined_at=MONDAY)
    return case


def a_case_of_another(number: int = 1) -> Case:
    """Investigated too, of another person with another employer."""
    case = a_case()
    person, employer = (
        a_person(f"陆远{'零一二三四五六七八九'[number % 10]}", serial=70 + number),
        an_employer(f"虚构第{number}机械厂"),
    )
    Case.objects.filter(pk=case.pk).update(person=person, employer=employer)
    case.refresh_from_db()
    return case


def handed_in(case: Case, picture: Any, *, kind: str = KIND) -> MaterialPage:
    content = picture if isinstance(picture, bytes) else as_jpeg(picture)
    with moment.fixed(MONDAY):
        return add_page(material_of(kind, case=case), io.BytesIO(content), name="甲.jpg", by=an_investigator())


def looked() -> int:
    with moment.fixed(MONDAY):
        done = examine_due()
        owe_comparing()
    return done


def a_pair(change: str = "sent on") -> tuple[Comparison, Comparison]:
    """The comparison of the first case, and that of the second, whose page is a changed copy."""
    first, second = a_case(), a_case_of_another()
    handed_in(first, a_scene(1))
    handed_in(second, CHANGES[change](a_scene(1)))
    looked()
    return Comparison.objects.get(case=first), Comparison.objects.get(case=second)


def go(user: User, name: str, *args: object, told: dict[str, Any] | None = None):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with moment.fixed(LATER):
        address = reverse(f"authenticity:{name}", args=args)
        return client.get(address) if told is None else client.post(address, told)


def owed(case: Case) -> list[str]:
    return list(case.obligations.filter(kind="compare_pictures", fulfilled_at=None).values_list("role", flat=True))


@pytest.mark.parametrize("change", CHANGES)
def test_a_picture_used_again_in_another_persons_case_is_a_task_in_both_and_moves_nothing(change):
    one, other = a_pair(change)
    assert (one.page, one.elsewhere) == (other.elsewhere, other.page)
    for row in (one, other):
        assert owed(row.case) == [Role.INVESTIGATOR]
        row.case.refresh_from_db()
        assert row.case.state == State.INVESTIGATING
        facts = LedgerEntry.objects.get(chain=row.case.chain, act="picture.found_elsewhere").facts
        assert facts == {"comparison": row.pk}
    assert not Proposal.objects.exists()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("turn", [Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_90])
def test_a_picture_used_again_mirrored_or_turned_is_a_task_and_the_page_says_how_it_lies(turn):
    first, second = a_case(), a_case_of_another()
    handed_in(first, a_scene(1))
    page = handed_in(second, a_scene(1).transpose(turn))
    looked()
    assert [owed(case) for case in (first, second)] == [[Role.INVESTIGATOR]] * 2
    assert Likeness.objects.get().turned
    [match] = matches_of(second, [page])
    shown = go(an_investigator(), "compare", second.number, page.pk, match.other.pk).content.decode()
    assert "转动或者镜像后画面相同" in shown


def test_how_a_file_may_lie_is_asked_once_and_what_comes_later_asks_for_itself(monkeypatch):
    first, second, third = a_case(), a_case_of_another(), a_case_of_another(2)
    asked: list[Image.Image] = []

    def noted(picture: Image.Image) -> list[Print]:
        asked.append(picture)
        return turned_prints_of(picture)

    monkeypatch.setattr(examining, "turned_prints_of", noted)
    content = as_jpeg(a_scene(1))
    handed_in(first, content), looked()
    handed_in(second, content), looked()
    assert (len(asked), Likeness.objects.count()) == (1, 0)
    handed_in(third, a_scene(1).transpose(Image.Transpose.ROTATE_270)), looked()
    assert (len(asked), Likeness.objects.get().turned) == (2, True)
    assert {match.other_case for match in matches_of(third, MaterialPage.objects.filter(material__case=third))} == {
        first, second
    }  # fmt: skip


def test_a_process_that_dies_before_it_asked_how_a_file_may_lie_asks_when_it_comes_back(monkeypatch):
    first, second = a_case(), a_case_of_another()
    handed_in(first, a_scene(1)), looked()
    handed_in(second, a_scene(1).transpose(Image.Transpose.ROTATE_180))
    with monkeypatch.context() as patch:
        patch.setattr(examining, "_note", lambda pk, turned: 1 / 0)
        assert looked() == 0
    assert not Likeness.objects.exists()
    looked()
    assert Likeness.objects.get().turned


def test_the_very_same_file_in_another_persons_case_is_found_without_any_print():
    first, second = a_case(), a_case_of_another()
    pages = [handed_in(case, as_jpeg(a_form(None))) for case in (first, second)]
    looked()
    (match,) = matches_of(first, [pages[0]])
    assert (match.other, match.differs) == (pages[1], 0)
    assert owed(second) == [Role.INVESTIGATOR]


def test_different_photos_and_forms_that_different_people_filled_in_are_no_matter_at_all():
    for number in (1, 2, 3):
        case = a_case_of_another(number)
        handed_in(case, a_scene(number))
        handed_in(case, a_form(number), kind="errand_proof")
    looked()
    assert not Likeness.objects.exists()
    assert not Comparison.objects.exists()


def test_looking_twice_and_dying_in_between_changes_nothing(monkeypatch):
    first, second = a_case(), a_case_of_another()
    handed_in(first, a_scene(1))
    handed_in(second, a_scene(1).resize((300, 225)))
    with monkeypatch.context() as patch:
        patch.setattr(examining, "note_elsewhere", lambda page: 1 / 0)
        assert looked() == 0
    assert (Likeness.objects.count(), Comparison.objects.count()) == (0, 0)
    assert PicturePrint.objects.exists(), "what was seen of a file stays"
    waiting = MaterialPage.objects.filter(examined_at=None).count()
    assert (looked(), looked()) == (waiting, 0)
    assert (Likeness.objects.count(), Comparison.objects.count()) == (1, 2)
    assert Examination.objects.count() == 2


def test_a_page_that_its_readers_choke_on_stops_no_other(monkeypatch, caplog):
    case = a_case()
    bad = handed_in(case, a_scene(1))
    true_examine = examining.examine
    with monkeypatch.context() as patch:
        patch.setattr(
            examining, "examine", lambda evidence: 1 / 0 if evidence.pk == bad.evidence_id else true_examine(evidence)
        )
        looked()
    assert list(MaterialPage.objects.filter(examined_at=None)) == [bad]
    assert f"authenticity.not_examined {bad.pk}" in caplog.text
    looked()
    assert not MaterialPage.objects.filter(examined_at=None).exists()


def test_ones_own_papers_and_the_licence_of_ones_employer_are_shown_and_nobodys_task():
    first, again, colleague = a_case(), a_case(), a_case()
    Case.objects.filter(pk=colleague.pk).update(person=a_person("陆小三", serial=73))
    for case in (first, again, colleague):
        case.refresh_from_db()
        handed_in(case, a_scene(1))
    looked()
    assert not Comparison.objects.exists()
    page = go(an_investigator(), "case", first.number).content.decode()
    assert page.count("并排查看") == page.count("同一职工的案件") + page.count("同一单位的案件")
    assert "同一单位的案件" in page


def test_a_form_that_many_hand_in_is_said_to_be_one_and_nobodys_task():
    content = as_jpeg(a_scene(1))
    for number in range(1, MOST_ELSEWHERE + 3):
        handed_in(a_case_of_another(number), content)
    case = a_case_of_another(40)
    page = handed_in(case, content)
    looked()
    assert not Comparison.objects.filter(page=page).exists()
    assert "多为通用表格" in go(an_investigator(), "case", case.number).content.decode()


def test_a_page_that_was_taken_back_is_shown_nowhere():
    first, second = a_case(), a_case_of_another()
    page = handed_in(first, a_scene(1))
    handed_in(second, a_scene(1))
    MaterialPage.objects.filter(pk=page.pk).update(removed_at=LATER, removed_by=an_investigator())
    looked()
    assert not Comparison.objects.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED])
def test_what_is_found_before_anybody_investigates_becomes_a_task_when_somebody_does(state):
    first, second = a_case(), a_case_of_another()
    put_in_state(second, state)
    handed_in(first, a_scene(1))
    put_in_state(second, State.INVESTIGATING)
    handed_in(second, a_scene(1))
    put_in_state(second, state)
    looked()
    assert (owed(first), owed(second)) == ([Role.INVESTIGATOR], [])
    put_in_state(second, State.INVESTIGATING)
    with moment.fixed(MONDAY):
        assert (owe_comparing(), owe_comparing()) == (1, 0)
    assert owed(second) == [Role.INVESTIGATOR]


def test_a_person_says_what_it_means_each_word_is_kept_and_the_task_is_done():
    one, other = a_pair()
    told = {"word": "asked", "text": "已电话询问出具医院，两人系同日就诊，照片误贴。"}
    for _ in range(2):
        assert (
            go(an_investigator(), "compare", one.case.number, one.page_id, one.elsewhere_id, told=told).status_code
            == 302
        )
    assert (Remark.objects.count(), owed(one.case), owed(other.case)) == (1, [], [Role.INVESTIGATOR])
    go(an_investigator(), "compare", one.case.number, one.page_id, one.elsewhere_id, told={**told, "word": "taken_up"})
    assert list(one.remarks.order_by("pk").values_list("word", flat=True)) == ["asked", "taken_up"]
    one.refresh_from_db()
    assert one.word == "taken_up"
    facts = str(list(LedgerEntry.objects.filter(act="picture.compared").values_list("facts", flat=True)))
    assert "医院" not in facts
    page = go(an_investigator(), "case", one.case.number).content.decode()
    assert "存疑，已列入调查" in page


@pytest.mark.parametrize("told", [{"word": "forged", "text": "甲"}, {"word": "lawful", "text": " "}, {}])
def test_a_word_without_its_ground_is_none(told):
    one, _ = a_pair()
    assert (
        go(an_investigator(), "compare", one.case.number, one.page_id, one.elsewhere_id, told=told).status_code == 422
    )
    with pytest.raises(ComparisonUnclear), moment.fixed(LATER):
        compare(one.case, one.page, one.elsewhere, word=told.get("word", ""), text="  ", by=an_investigator())
    assert not Remark.objects.exists()


def test_only_who_handles_the_case_says_what_it_means():
    one, _ = a_pair()
    for somebody in (the_clerk(), the_reviewer()):
        with pytest.raises(NotTheInvestigator), moment.fixed(LATER):
            compare(one.case, one.page, one.elsewhere, word="lawful", text="甲", by=somebody)
    put_in_state(one.case, State.PROPOSED)
    one.case.refresh_from_db()
    with moment.fixed(LATER):
        assert (
            compare(one.case, one.page, one.elsewhere, word="lawful", text="甲", by=the_reviewer()).by == the_reviewer()
        )


def test_two_pages_that_do_not_resemble_each_other_are_no_pair():
    case, other = a_case(), a_case_of_another()
    mine, theirs = handed_in(case, a_scene(1)), handed_in(other, a_scene(2))
    looked()
    with pytest.raises(PairNotFound), moment.fixed(LATER):
        compare(case, mine, theirs, word="lawful", text="甲", by=an_investigator())
    assert go(an_investigator(), "compare", case.number, mine.pk, theirs.pk).status_code == 404


def test_both_papers_are_shown_side_by_side_and_both_cases_know_who_looked():
    one, other = a_pair()
    page = go(an_investigator(), "compare", one.case.number, one.page_id, one.elsewhere_id).content.decode()
    assert page.count("<img") == 2
    assert other.case.number in page
    for row in (one, other):
        assert [entry.by_id for entry in readings_of(row.case.chain).filter(facts__what__startswith="材料：")] == [
            an_investigator().pk
        ]


def test_of_a_case_that_is_closed_to_the_reader_nothing_is_shown_but_whose_office_to_ask():
    one, other = a_pair()
    Case.objects.filter(pk=other.case_id).update(office=another_bureau())
    before = readings_of(other.case.chain).count()
    page = go(an_investigator(), "compare", one.case.number, one.page_id, one.elsewhere_id).content.decode()
    assert page.count("<img") == 1
    assert "您现在无权查看" in page
    assert another_bureau().name in page
    listed = go(an_investigator(), "case", one.case.number).content.decode()
    for text in (page, listed):
        assert other.case.number not in text
        assert other.case.person.name not in text
    assert readings_of(other.case.chain).count() == before


def test_nobody_else_opens_the_pair():
    one, _ = a_pair()
    address = (one.case.number, one.page_id, one.elsewhere_id)
    for stranger in (a_member(Role.INVESTIGATOR, office=another_bureau()), an_outsider(), the_clerk()):
        assert go(stranger, "compare", *address).status_code in (403, 404)
        assert go(stranger, "compare", *address, told={"word": "lawful", "text": "甲"}).status_code in (403, 404)
    assert not Remark.objects.exists()


def test_what_is_noticeable_about_a_file_stands_in_words_beside_the_paper():
    case = a_case()
    exif = a_scene(1).getexif()
    exif[0x0131] = "Adobe Photoshop 2024"
    handed_in(case, as_jpeg(a_scene(1), exif=exif))
    looked()
    page = go(an_investigator(), "case", case.number).content.decode()
    assert "由图像编辑软件保存" in page
    assert "Photoshop" in page
    assert owed(case) == []


def test_the_pages_queries_do_not_grow_with_the_pictures():
    case = a_case()
    counts = []
    for number in range(1, 4):
        handed_in(case, a_scene(number))
        handed_in(a_case_of_another(number), a_scene(number))
        looked()
        pages = list(MaterialPage.objects.filter(material__case=case))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            matches_of(case, pages)
        counts.append(len(queries))
    assert counts == [2, 2, 2]


def test_among_a_hundred_thousand_prints_candidates_come_by_the_index_with_one_query():
    case = a_case()
    handed_in(case, a_scene(1))
    looked()
    row = PicturePrint.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_evidence (sha256, size, kind, page_count, stored_at)"
            " SELECT md5(n::text) || md5((-n)::text), 1, 'jpeg', 1, now() FROM generate_series(1, 100000) n"
        )
        cursor.execute(
            "INSERT INTO authenticity_pictureprint (evidence_id, within, part, band_1, band_2, band_3, band_4, fine, is_sheet)"
            " SELECT id, 1, 0, h % 65536 - 32768, (h / 7) % 65536 - 32768, (h / 11) % 65536 - 32768, (h / 13) % 65536 - 32768, '\\x00', false"
            " FROM (SELECT id, (id * 2654435761) % 4294967296 AS h FROM kernel_evidence WHERE size = 1) e"
        )
        cursor.execute("ANALYZE authenticity_pictureprint")
        with CaptureQueriesContext(connection) as queries:
            found = candidates(row)
        assert (len(queries), len(found) < 200) == (1, True)
        cursor.execute("EXPLAIN " + queries[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan
    assert all(f"prints_by_{band}" in plan for band in BANDS)


@pytest.mark.django_db(transaction=True)
def test_the_pair_in_a_browser(page: Page, live_server):
    one, _ = a_pair("brighter")
    site = f"{live_server.url}/authenticity/cases/{one.case.number}"
    with moment.fixed(LATER):
        sign_in(page, live_server.url, an_investigator())
        looked_at(page, f"{site}/")
        looked_at(page, f"{site}/pictures/{one.page_id}/{one.elsewhere_id}")
        page.get_by_label("存疑，已列入调查").check()
        page.get_by_label("依据").fill("与另一案件的现场照片相同，已通知当事人说明。")
        page.get_by_role("button", name="记录").click()
        page.get_by_text("已记录。材料怎样采信").wait_for()
    assert Remark.objects.get().word == "taken_up"

"""In public a reason is a neutral word; the exact one stays with the office, behind a salted hash that a supervisor can check."""

import json

import pgtrigger
import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import a_draw_officer, a_supervisor, a_worker_user, an_exam_staff, an_outsider
from gongjian.draws import checks
from gongjian.draws.actions import door
from gongjian.draws.actions.recusing import record_recusal
from gongjian.draws.models import Draw, ReasonRecord, Recusal
from gongjian.draws.queries import members
from gongjian.draws.queries.records import records_shown
from gongjian.draws.states import GROUND_LABELS, Ground, public_label
from gongjian.draws.tests.house import SIGHT, a_held, a_prepared, an_open_door, cannot_come, comes, people_of, sent
from gongjian.draws.tests.pages import as_, text_of
from gongjian.experts.rules import BARRIER_LABELS
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.sittings.tests.builders import MORNING, at

pytestmark = pytest.mark.django_db
TELLING = [*BARRIER_LABELS.values(), *GROUND_LABELS.values(), "急诊", "临时手术"]


def a_telling_day() -> tuple[Draw, Draw]:
    """An unwell, a suspended and a silent expert of the pool; a member who is kin to somebody; one who cannot come; everybody sent."""
    sitting = a_prepared(each=10)
    an_expert(SIGHT, in_good_health=False)
    an_expert(SIGHT, suspended_from=sitting.day, suspension_reason="待查")
    an_expert(SIGHT)
    draw = a_held(sitting, one_per_hospital=False)
    cannot_come(sitting, members(draw.groups.get(number=1))[0])
    kin = members(draw.groups.get(number=2))[0]
    record_recusal(people_of(draw)[0].case, kin, Ground.KINSHIP, source=Recusal.Source.OFFICE, by=a_draw_officer())
    row = an_open_door(draw)
    for booking in people_of(draw):
        sent(comes(booking))
    with at(MORNING):
        row = door.close(row, by=an_exam_staff())
    draw.refresh_from_db()
    return draw, row


def test_art_25_nothing_public_tells_of_health_discipline_or_kinship():
    draws = a_telling_day()
    public = "".join(str(draw.commitment) + draw.receipt for draw in draws)
    public += "".join(text_of(as_().get(reverse("draws:live", args=[draw.number, draw.view_key]))) for draw in draws)
    assert [word for word in TELLING if word in public] == []
    assert {"不符合本次条件", "本场不能到场", "依法回避"} <= {
        word for word in ("不符合本次条件", "本场不能到场", "依法回避") if word in public
    }
    assert not any(code in json.loads(draws[0].receipt)["late"][0].values() for code in ("kinship", "cannot_come"))


def test_every_public_reason_has_its_own_record_behind_it():
    draw, row = a_telling_day()
    records = [one["record"] for one in draw.commitment["plan"]["excluded"]]
    records += [one["record"] for one in json.loads(draw.receipt)["late"]]
    records += [bar["record"] for visitor in row.commitment["visitors"] for bar in visitor["conflicts"]]
    assert len(records) == len(set(records)) == ReasonRecord.objects.count()
    assert set(records) == set(ReasonRecord.objects.values_list("hash", flat=True))
    assert [*checks.reasons(), *checks.changes(), *checks.receipts(), *checks.seats()] == []


def test_two_with_the_same_reason_have_records_that_nobody_can_match():
    sitting = a_prepared()
    for _ in range(2):
        an_expert(SIGHT, in_good_health=False)
    one, other = a_held(sitting).commitment["plan"]["excluded"]
    assert one["reason"] == other["reason"]
    assert one["record"] != other["record"]
    assert len({row.salt for row in ReasonRecord.objects.all()}) == ReasonRecord.objects.count()


def test_a_supervisor_reads_the_exact_reasons_and_looking_is_recorded():
    draw, _ = a_telling_day()
    page = reverse("draws:records", args=[draw.number])
    told = text_of(as_(a_supervisor()).get(page))
    assert "身体状况不能胜任" in told
    assert "已暂停参加鉴定" in told
    assert "临时手术" in told
    assert "与公开的哈希不符" not in told
    entry = LedgerEntry.objects.get(chain=draw.chain, act="data.read")
    assert (entry.by, entry.facts) == (a_supervisor(), {"what": "理由记录"})


@pytest.mark.parametrize(("who", "status"), [(an_exam_staff, 403), (an_outsider, 404), (a_worker_user, 404)])
def test_nobody_else_reads_them(who, status):
    draw = a_held()
    assert as_(who()).get(reverse("draws:records", args=[draw.number])).status_code == status


def test_a_record_is_encrypted_and_kept_for_good():
    sitting = a_prepared()
    an_expert(SIGHT, in_good_health=False)
    a_held(sitting)
    with pytest.raises(Exception, match="append_only"):
        ReasonRecord.objects.update(exact="{}")
    with pytest.raises(Exception, match="encrypted"):
        ReasonRecord.objects.filter(exact="x").exists()


def test_the_check_and_the_page_find_a_record_that_was_changed_or_is_gone():
    sitting = a_prepared()
    an_expert(SIGHT, in_good_health=False)
    draw = a_held(sitting)
    with pgtrigger.ignore("draws.ReasonRecord:append_only"):
        ReasonRecord.objects.update(exact='{"expert":"x"}')
        assert ["不符" in problem.sentence for problem in checks.reasons()] == [True]
        assert [one.holds for one in records_shown(draw)] == [False]
        ReasonRecord.objects.all().delete()
    assert ["找不到" in problem.sentence for problem in checks.reasons()] == [True]


@pytest.mark.parametrize("code", ["kinship", "treated", "recused", "cannot_come", "absent", "unfit"])
def test_receipts_of_the_first_algorithm_are_shown_in_neutral_words_too(code):
    assert public_label(code) in ("依法回避", "本场不能到场", "不符合本次条件")

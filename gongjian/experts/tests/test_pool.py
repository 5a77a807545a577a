"""The pool: appointing, standing, answers, who sees what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_member,
    a_province,
    a_scheduler,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.experts.actions import (
    answer,
    appoint,
    change,
    dismiss,
    link_user,
    pass_training,
    reinstate,
    renew,
    set_health,
    suspend,
    telephone_of,
)
from gongjian.experts.errors import (
    AnswerNotYours,
    ChangedMeanwhile,
    DismissedAlready,
    ExpertCannotCome,
    ExpertNotFound,
    NumberTaken,
    PeriodWrong,
    PoolNotYours,
    ReasonMissing,
    SittingOver,
    TermWrong,
    TitleTooLow,
)
from gongjian.experts.models import Availability, Expert
from gongjian.experts.queries import (
    answers_for,
    eligible,
    expert_for,
    expert_of,
    ineligible_with_reasons,
    pool,
    visible_to,
)
from gongjian.experts.tests.builders import an_expert, the_expert, told
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import readings_of
from gongjian.sittings.queries import sittings_asking
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import DAY, MORNING, PLANNED, a_sitting, at

pytestmark = pytest.mark.django_db
UNFIT: dict[str, dict[str, Any]] = {
    "term": {"term_until": date(2026, 3, 1)},
    "not begun": {"term_from": date(2026, 6, 1), "term_until": date(2026, 9, 1)},
    "untrained": {"trained_on": None},
    "unhealthy": {"in_good_health": False},
    "suspended": {"suspended_from": date(2026, 3, 1), "suspension_reason": "被投诉，调查中"},
    "dismissed": {"dismissed_on": date(2026, 3, 1), "dismissal_reason": "两次无故缺席"},
}


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def own(expert: Expert) -> User:
    """The account with which an expert signs in."""
    assert expert.user is not None
    return expert.user


def test_art_24_an_expert_is_appointed_for_three_years_under_the_next_number():
    expert = appoint(an_office(), told(), by=a_scheduler())
    assert (expert.number, expert.term_until) == ("YXJD-Z0001", date(2028, 8, 31))
    assert appoint(an_office(), told("ent"), by=a_scheduler()).number == "YXJD-Z0002"


def test_a_number_of_ones_own_is_kept_and_given_once():
    appoint(an_office(), told(), by=a_scheduler(), number="云专-7")
    with pytest.raises(NumberTaken):
        appoint(an_office(), told(), by=a_scheduler(), number="云专-7")


@pytest.mark.parametrize("person", [a_clerk, a_draw_officer, an_outsider, an_expert_user])
def test_nobody_but_the_keeper_of_the_pool_appoints(person):
    with pytest.raises(PoolNotYours):
        appoint(an_office(), told(), by=person())


def test_a_keeper_of_another_pool_does_not_appoint_here():
    keeper = a_member(Role.SCHEDULER, office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    with pytest.raises(PoolNotYours):
        appoint(an_office(), told(), by=keeper)


@pytest.mark.parametrize(
    ("changes", "refusal"), [({"title_level": "attending"}, TitleTooLow), ({"term_until": date(2030, 1, 1)}, TermWrong)]
)
def test_art_24_who_does_not_meet_the_conditions_is_not_appointed(changes, refusal):
    with pytest.raises(refusal):
        appoint(an_office(), told(**changes), by=a_scheduler())
    assert not Expert.objects.exists()


@pytest.mark.parametrize("field", [{"title_level": "attending"}, {"term_until": date(2020, 1, 1)}])
def test_art_24_the_database_refuses_them_too(field):
    expert = an_expert()
    with pytest.raises(IntegrityError), transaction.atomic():
        Expert.objects.filter(pk=expert.pk).update(**field)


def test_particulars_change_and_the_ledger_names_the_fields_only():
    expert = an_expert()
    changed = change(expert, told(hospital="云溪市中医院", telephone="19900000199"), by=a_scheduler())
    assert (changed.hospital, changed.version) == ("云溪市中医院", 2)
    entry = LedgerEntry.objects.get(act="expert.changed")
    assert entry.facts["fields"] == ["hospital", "telephone"]
    assert "199" not in str(entry.facts["fields"])


def test_a_change_that_changes_nothing_leaves_no_trace():
    expert = an_expert()
    change(expert, told(), by=a_scheduler())
    assert not LedgerEntry.objects.filter(act="expert.changed").exists()


def test_l07_the_second_of_two_editors_is_told_and_overwrites_nothing():
    expert = an_expert()
    change(expert, told(hospital="云溪市中医院"), by=a_scheduler(), version=1)
    with pytest.raises(ChangedMeanwhile):
        change(expert, told(department="创伤科"), by=a_scheduler(), version=1)
    expert.refresh_from_db()
    assert (expert.hospital, expert.department) == ("云溪市中医院", "骨科")


def test_art_24_a_term_is_renewed():
    expert = renew(an_expert(), begins=date(2028, 9, 1), by=a_scheduler())
    assert (expert.term_from, expert.term_until) == (date(2028, 9, 1), date(2031, 8, 31))


@pytest.mark.parametrize("why", UNFIT)
def test_art_24_who_may_not_be_drawn_is_never_eligible_and_the_reason_is_told(why):
    good, bad = an_expert(), an_expert("ent", **UNFIT[why])
    assert eligible(on=DAY, office=an_office()) == [good]
    [found] = ineligible_with_reasons(on=DAY, office=an_office())
    assert (found.expert, bool(found.reason)) == (bad, True)


@pytest.mark.parametrize("why", UNFIT)
def test_art_24_the_database_takes_no_promise_to_come_from_who_may_not_be_drawn(why):
    expert, sitting = an_expert(**UNFIT[why]), a_sitting()
    with pytest.raises(IntegrityError, match="may not be drawn"), transaction.atomic():
        Availability.objects.create(
            expert=expert, sitting=sitting, can_come=True, answered_at=PLANNED, answered_by=a_scheduler()
        )
    with pytest.raises(ExpertCannotCome):
        answer(expert, sitting, True, a_scheduler())


@pytest.mark.parametrize("why", UNFIT)
def test_who_may_not_be_drawn_may_still_say_no(why):
    assert answer(an_expert(**UNFIT[why]), a_sitting(), False, a_scheduler()).can_come is False


def test_a_no_does_not_become_a_yes_behind_the_databases_back():
    expert, sitting = an_expert(trained_on=None), a_sitting()
    answer(expert, sitting, False, a_scheduler())
    with pytest.raises(IntegrityError, match="may not be drawn"), transaction.atomic():
        Availability.objects.update(can_come=True)


def test_art_27_an_expert_answers_for_a_sitting_and_may_change_their_mind():
    expert, sitting = the_expert(), a_sitting()
    answer(expert, sitting, True, own(expert))
    answer(expert, sitting, False, own(expert))
    assert answers_for(sitting.pk) == {expert.pk: False}
    said = LedgerEntry.objects.filter(chain=sitting.chain, act="expert.answered").order_by("sequence")
    assert [entry.facts["can_come"] for entry in said] == [True, False]


@pytest.mark.parametrize("person", [a_clerk, an_outsider, an_expert_user])
def test_nobody_answers_for_somebody_else(person):
    with pytest.raises(AnswerNotYours):
        answer(an_expert("ent"), a_sitting(), True, person())


def test_when_the_sitting_has_begun_it_is_too_late_to_answer():
    expert, sitting = the_expert(), a_sitting()
    with at(MORNING), pytest.raises(SittingOver):
        answer(expert, sitting, True, own(expert))


def test_for_a_sitting_only_those_who_said_yes_are_eligible():
    yes, no, silent = (an_expert(code) for code in ("orthopaedics", "ent", "thoracic"))
    sitting = a_sitting()
    answer(yes, sitting, True, a_scheduler())
    answer(no, sitting, False, a_scheduler())
    assert eligible(on=DAY, office=an_office(), sitting=sitting.pk) == [yes]
    reasons = {
        found.expert: found.reason for found in ineligible_with_reasons(on=DAY, office=an_office(), sitting=sitting.pk)
    }
    assert reasons == {no: "本人不能到场", silent: "未答复能否到场"}


def test_an_expert_is_asked_for_coming_sittings_of_their_office():
    expert, sitting = the_expert(), a_sitting()
    a_sitting(state=SittingState.CLOSED)
    assert list(sittings_asking(expert, after=PLANNED.date())) == [sitting]
    assert not sittings_asking(expert, after=DAY).exists()


def test_art_25_experts_shared_in_the_province_are_in_every_pool_of_it():
    other = an_office("OTHER", "别市劳动能力鉴定委员会")
    ours = an_expert()
    shared, from_the_top = (
        an_expert("ent", office=other, is_shared=True),
        an_expert("ent", office=a_province(), is_shared=True),
    )
    an_expert("thoracic", office=other)
    assert set(pool(an_office())) == {ours, shared, from_the_top}


def test_a_suspension_has_a_reason_and_an_order_and_ends():
    expert = an_expert()
    with pytest.raises(ReasonMissing):
        suspend(expert, begins=DAY, reason="", by=a_scheduler())
    with pytest.raises(PeriodWrong):
        suspend(expert, begins=DAY, ends=DAY - timedelta(days=1), reason="投诉", by=a_scheduler())
    suspend(expert, begins=DAY, reason="投诉调查", by=a_scheduler())
    assert eligible(on=DAY, office=an_office()) == []
    reinstate(expert, by=a_scheduler())
    assert eligible(on=DAY, office=an_office()) == [expert]


def test_health_and_training_open_and_close_the_way():
    expert = an_expert(trained_on=None)
    pass_training(expert, on=PLANNED.date(), by=a_scheduler())
    assert eligible(on=DAY, office=an_office()) == [expert]
    set_health(expert, is_good=False, by=a_scheduler())
    assert eligible(on=DAY, office=an_office()) == []


def test_art_35_a_dismissed_expert_stays_out_and_nothing_more_is_done_with_them():
    expert = an_expert()
    with pytest.raises(ReasonMissing):
        dismiss(expert, reason=" ", by=a_scheduler())
    dismiss(expert, reason="两次无故缺席", by=a_scheduler())
    with pytest.raises(DismissedAlready):
        reinstate(expert, by=a_scheduler())
    with pytest.raises(DismissedAlready):
        renew(expert, begins=DAY, by=a_scheduler())


def test_a_link_lets_the_expert_be_found_by_who_signs_in():
    expert = link_user(an_expert(), an_expert_user(), by=a_scheduler())
    assert expert_of(an_expert_user()) == expert
    assert expert_of(an_outsider()) is None


def test_art_25_the_telephone_is_for_the_keeper_of_the_pool_and_each_look_is_noted():
    expert = an_expert()
    assert telephone_of(expert, by=a_scheduler()) == "19900000101"
    assert readings_of("office:YXJD").get().facts == {"what": f"专家{expert.number}联系电话"}
    with pytest.raises(PoolNotYours):
        telephone_of(expert, by=a_draw_officer())


def test_art_25_the_telephone_is_unreadable_in_the_database():
    expert = an_expert()
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT telephone FROM experts_expert WHERE id = %s", [expert.pk])
        assert "1990000" not in cursor.fetchone()[0]


def test_l08_strangers_and_clerks_see_no_expert_an_expert_sees_themselves():
    expert = the_expert()
    an_expert("ent")
    assert not visible_to(an_outsider()).exists()
    assert not visible_to(a_clerk()).exists()
    assert list(visible_to(own(expert))) == [expert]
    assert visible_to(a_draw_officer()).count() == 2
    with pytest.raises(ExpertNotFound):
        expert_for(expert.number, by=an_outsider())


def test_judging_a_pool_takes_two_queries_however_large(django_assert_num_queries):
    office, sitting = an_office(), a_sitting()
    for _ in range(5):
        an_expert()
    with django_assert_num_queries(2):
        assert len(ineligible_with_reasons(on=DAY, office=office, sitting=sitting.pk)) == 5


STANDINGS: dict[str, dict[str, Any]] = {
    "good": {},
    "last day of term": {"term_until": DAY},
    "term over": {"term_until": DAY - timedelta(days=1)},
    "first day of term": {"term_from": DAY},
    "term not begun": {"term_from": DAY + timedelta(days=1)},
    "trained on the day": {"trained_on": DAY},
    "trained after": {"trained_on": DAY + timedelta(days=1)},
    "untrained": {"trained_on": None},
    "unfit": {"in_good_health": False},
    "suspended from the day": {"suspended_from": DAY, "suspension_reason": "x"},
    "suspended later": {"suspended_from": DAY + timedelta(days=1), "suspension_reason": "x"},
    "suspended until the day": {"suspended_from": date(2026, 1, 1), "suspended_until": DAY, "suspension_reason": "x"},
    "suspended until before": {
        "suspended_from": date(2026, 1, 1),
        "suspended_until": DAY - timedelta(days=1),
        "suspension_reason": "x",
    },
    "dismissed on the day": {"dismissed_on": DAY, "dismissal_reason": "x"},
    "dismissed later": {"dismissed_on": DAY + timedelta(days=1), "dismissal_reason": "x"},
}


@pytest.mark.parametrize("standing", STANDINGS)
def test_the_guard_in_the_database_and_the_rule_say_the_same(standing):
    expert, sitting = an_expert(**STANDINGS[standing]), a_sitting()
    taken = True
    try:
        with transaction.atomic():
            Availability.objects.create(
                expert=expert, sitting=sitting, can_come=True, answered_at=PLANNED, answered_by=a_scheduler()
            )
    except IntegrityError:
        taken = False
    assert taken == (eligible(on=DAY, office=an_office()) == [expert])

"""The clock of a case: starting, meeting, postponing, extending and restarting its limits, in any order and at once."""

import threading
from datetime import date
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction

from gongjian.accounts.tests.builders import a_reviewer, a_scheduler, the_signer
from gongjian.cases import checks
from gongjian.cases.actions.clock import extend, meet_limit, postpone, restart, start_limit
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import ExtendedAlready, ReasonMissing
from gongjian.cases.models import Case, CaseLimit, LimitChange, Obligation
from gongjian.cases.queries import deadline_of, limits_of, open_obligations
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import ExtensionTooLate, PostponementNotAllowed, PostponementWrong

pytestmark = pytest.mark.django_db
REASON, ARTICLE = "伤情复杂", "令55 第十条"


@pytest.fixture(autouse=True)
def march():
    with moment.fixed(RECEIVED):
        yield


def decide(case: Case) -> CaseLimit:
    return CaseLimit.objects.get(case=case, limit="LA-DECIDE")


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


# What the changes do, alone and together.


@pytest.mark.parametrize(
    ("first", "until", "due"),
    [
        ("03-03", "03-04", "05-02"),  # one day
        ("04-01", "04-08", "05-08"),  # a week
        ("05-01", "05-02", "05-02"),  # the last day itself
        ("04-30", "05-30", "05-31"),  # from the last day but one: two days of the limit are left
        ("02-27", "03-05", "05-03"),  # the days before the limit ran are no gain
        ("02-01", "02-20", "05-01"),  # wholly before it ran
        ("05-02", "05-20", "05-01"),  # wholly after it ended
    ],
)
def test_art_12_a_reschedule_postpones_by_the_days_of_the_limit_that_it_takes(first, until, due):
    case = a_case()
    row = postpone(case, first=day(first), until=day(until), reason="住院", by=a_scheduler())
    assert (row.due_on, case.due_on, Case.objects.get().due_on) == (day(due), day(due), day(due))


@pytest.mark.parametrize(
    ("spans", "due"),
    [
        ([("04-01", "04-08"), ("04-08", "04-15")], "05-15"),  # touching
        ([("04-01", "04-08"), ("04-05", "04-10")], "05-10"),  # overlapping
        ([("04-01", "04-20"), ("04-05", "04-10")], "05-20"),  # one within the other
        ([("04-01", "04-08"), ("04-01", "04-08")], "05-08"),  # the same twice
        ([("04-01", "04-03"), ("04-20", "04-23")], "05-06"),  # apart
        ([("04-01", "04-08"), ("05-02", "05-05")], "05-11"),  # the second within what the first added
    ],
)
def test_art_12_several_reschedules_count_each_day_once_in_whatever_order_they_came(spans, due):
    ends = set()
    for order in permutations(spans):
        case = a_case()
        for first, until in order:
            postpone(case, first=day(first), until=day(until), reason="住院", by=a_scheduler())
        ends.add(case.due_on)
    assert ends == {day(due)}


CHANGES = {
    "extend": lambda case: extend(case, reason=REASON, by=a_reviewer()),
    "first": lambda case: postpone(case, first=day("04-01"), until=day("04-08"), reason="住院", by=a_scheduler()),
    "second": lambda case: postpone(case, first=day("04-06"), until=day("04-11"), reason="出差", by=a_scheduler()),
    "restart": lambda case: restart(
        case, "LA-DECIDE", start=day("03-12"), reason="补正", article=ARTICLE, by=a_scheduler()
    ),
}


@pytest.mark.parametrize("order", list(permutations(CHANGES)), ids="-".join)
def test_art_10_and_12_extension_reschedules_and_restart_give_one_day_in_any_order(order):
    case = a_case()
    for name in order:
        CHANGES[name](case)
    assert case.due_on == day("06-20")  # 03-12 + 60 + 30 + 10
    assert open_obligations(case).get().due_on == day("03-09")  # the check of papers has its own limit
    assert list(checks.due_days()) == []


@pytest.mark.parametrize(
    ("starts", "due"),
    [(["03-12"], "05-11"), (["03-12", "03-20"], "05-19"), (["03-20", "03-12"], "05-11"), (["03-02"], "05-01")],
)
def test_the_restart_that_was_written_down_last_counts_even_back_to_an_earlier_day(starts, due):
    case = a_case()
    for start in starts:
        restart(case, "LA-DECIDE", start=day(start), reason="补正", article=ARTICLE, by=None)
    assert case.due_on == day(due)
    assert decide(case).start_on == day("03-02")


def test_the_working_tells_the_first_start_every_restart_and_every_change_with_its_reason():
    case = a_case()
    for change in CHANGES.values():
        change(case)
    told = "".join(line.text for line in deadline_of(decide(case)).lines)
    for words in ("最初自这一天起算", "重新起算：补正", "住院", "出差", REASON):
        assert words in told


def test_every_line_of_the_working_that_moves_the_day_names_its_article():
    case = a_case()
    for change in CHANGES.values():
        change(case)
    articles = {line.article for line in deadline_of(decide(case)).lines}
    assert {"令55 第十条", "令55 第十二条"} <= {part for article in articles for part in article.split("、")}


# Starting and meeting.


def test_a_limit_started_twice_keeps_its_first_day():
    case = a_case()
    first = start_limit(case, "LA-DELIVER", start=day("03-02"))
    again = start_limit(case, "LA-DELIVER", start=day("03-09"))
    assert (again.pk, again.start_on, again.due_on) == (first.pk, day("03-02"), day("03-17"))


def test_a_limit_runs_for_each_recipient_by_itself():
    case = a_case()
    worker = start_limit(case, "LA-REAPPEAL", start=day("03-02"), about="worker")
    employer = start_limit(case, "LA-REAPPEAL", start=day("03-09"), about="employer")
    meet_limit(case, "LA-REAPPEAL", on=day("03-10"), about="worker")
    worker.refresh_from_db()
    employer.refresh_from_db()
    assert (worker.met_on, employer.met_on) == (day("03-10"), None)
    assert (worker.due_on, employer.due_on) == (day("03-17"), day("03-24"))


def test_another_limit_does_not_touch_the_day_of_the_decision():
    case = a_case()
    start_limit(case, "LA-DELIVER", start=day("03-02"))
    restart(case, "LA-REVIEW", start=day("03-12"), reason="补正", article=ARTICLE, by=None)
    assert Case.objects.get().due_on == day("05-01")


def test_a_limit_once_met_keeps_the_first_day_it_was_met():
    case = a_case()
    meet_limit(case, "LA-REVIEW", on=day("03-04"))
    meet_limit(case, "LA-REVIEW", on=day("03-06"))
    assert CaseLimit.objects.get(case=case, limit="LA-REVIEW").met_on == day("03-04")


def test_meeting_a_limit_that_never_ran_does_nothing():
    case = a_case()
    meet_limit(case, "LA-DELIVER", on=day("03-04"))
    assert not CaseLimit.objects.filter(case=case, limit="LA-DELIVER").exists()


def test_a_limit_that_is_restarted_is_open_again():
    case = a_case()
    meet_limit(case, "LA-REVIEW", on=day("03-04"))
    row = restart(case, "LA-REVIEW", start=day("03-12"), reason="补正", article=ARTICLE, by=None)
    assert (row.met_on, row.due_on) == (None, day("03-19"))


@pytest.mark.parametrize("act", ["postpone", "restart"])
def test_a_limit_that_does_not_run_cannot_be_moved(act):
    case = a_case()
    moves = {
        "postpone": lambda: postpone(
            case, limit="LA-DELIVER", first=day("03-03"), until=day("03-04"), reason="x", by=None
        ),
        "restart": lambda: restart(case, "LA-DELIVER", start=day("03-03"), reason="x", article="", by=None),
    }
    with pytest.raises(CaseLimit.DoesNotExist):
        moves[act]()


# Refusals leave nothing.


def test_a_limit_that_the_law_does_not_postpone_is_not_postponed():
    case = a_case()
    with pytest.raises(PostponementNotAllowed):
        postpone(case, limit="LA-REVIEW", first=day("03-03"), until=day("03-05"), reason="住院", by=a_scheduler())
    assert not LimitChange.objects.exists()
    assert open_obligations(case).get().due_on == day("03-09")


@pytest.mark.parametrize(("first", "until"), [("04-08", "04-08"), ("04-08", "04-01")])
def test_a_postponement_of_no_day_is_refused(first, until):
    case = a_case()
    with pytest.raises(PostponementWrong):
        postpone(case, first=day(first), until=day(until), reason="住院", by=a_scheduler())
    assert not LimitChange.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "\n\t", "　"])
def test_nothing_moves_without_a_reason(reason):
    case = a_case()
    with pytest.raises(ReasonMissing):
        postpone(case, first=day("04-01"), until=day("04-08"), reason=reason, by=a_scheduler())
    with pytest.raises(ReasonMissing):
        extend(case, reason=reason, by=a_reviewer())
    with pytest.raises(ReasonMissing):
        restart(case, "LA-REVIEW", start=day("03-12"), reason=reason, article=ARTICLE, by=None)
    assert not LimitChange.objects.exists()
    assert case.due_on == day("05-01")


def test_a_refused_restart_leaves_a_met_limit_met():
    case = a_case()
    meet_limit(case, "LA-REVIEW", on=day("03-04"))
    with pytest.raises(ReasonMissing):
        restart(case, "LA-REVIEW", start=day("03-12"), reason="", article=ARTICLE, by=None)
    assert CaseLimit.objects.get(case=case, limit="LA-REVIEW").met_on == day("03-04")


@pytest.mark.parametrize(("today", "good"), [("05-08", True), ("05-09", False)])
def test_art_10_after_a_postponement_the_extension_is_in_time_until_the_postponed_day(today, good):
    case = a_case()
    postpone(case, first=day("04-01"), until=day("04-08"), reason="住院", by=a_scheduler())
    with moment.fixed(moment.at(day(today))):
        if good:
            assert extend(case, reason=REASON, by=a_reviewer()).due_on == day("06-07")
        else:
            with pytest.raises(ExtensionTooLate):
                extend(case, reason=REASON, by=a_reviewer())


@pytest.mark.parametrize(("today", "good"), [("05-11", True), ("05-12", False)])
def test_art_10_after_a_restart_the_extension_is_in_time_until_the_new_day(today, good):
    case = a_case()
    restart(case, "LA-DECIDE", start=day("03-12"), reason="补正", article=ARTICLE, by=None)
    with moment.fixed(moment.at(day(today))):
        if good:
            assert extend(case, reason=REASON, by=a_reviewer()).due_on == day("06-10")
        else:
            with pytest.raises(ExtensionTooLate):
                extend(case, reason=REASON, by=a_reviewer())


def test_art_10_a_restart_does_not_give_a_second_extension():
    case = a_case()
    extend(case, reason=REASON, by=a_reviewer())
    restart(case, "LA-DECIDE", start=day("03-12"), reason="补正", article=ARTICLE, by=None)
    with pytest.raises(ExtendedAlready):
        extend(case, reason=REASON, by=a_reviewer())


# What a change leaves behind.


def test_a_change_keeps_who_when_why_and_on_which_article():
    case, reviewer = a_case(), a_reviewer()
    extend(case, reason=f"  {REASON}  ", by=reviewer)
    change = LimitChange.objects.get()
    assert (change.kind, change.days, change.by, change.decided_on) == ("extended", 30, reviewer, RECEIVED.date())
    assert (change.reason, change.article) == (REASON, ARTICLE)


def test_a_reason_of_any_length_is_kept_as_far_as_there_is_room():
    case = a_case()
    extend(case, reason="伤" * 500, by=a_reviewer())
    assert LimitChange.objects.get().reason == "伤" * 200


def test_the_ledger_knows_that_and_until_when_but_not_why():
    case = a_case()
    extend(case, reason="右手神经损伤", by=a_reviewer())
    entry = LedgerEntry.objects.get(act="limit.extended")
    assert (entry.facts["limit"], entry.facts["due"]) == ("LA-DECIDE", "2026-05-31")
    assert "神经" not in str(entry.facts)


def test_what_was_fulfilled_keeps_its_day_and_what_is_open_follows_the_limit():
    case = a_case()
    limit = decide(case)
    owe(case, "book", due=limit.due_on, article=ARTICLE, role="scheduler", limit=limit)
    owe(case, "other", due=limit.due_on, article=ARTICLE, role="scheduler", limit=limit)
    fulfil(case, "other")
    extend(case, reason=REASON, by=a_reviewer())
    days = dict(Obligation.objects.filter(limit=limit).values_list("kind", "due_on"))
    assert days == {"book": day("05-31"), "other": day("05-01")}


def test_limits_are_read_with_their_changes_in_two_queries(django_assert_num_queries):
    case = a_case()
    for change in CHANGES.values():
        change(case)
    with django_assert_num_queries(2):
        assert [deadline_of(row).due for row in limits_of(case)] == [day("06-20"), day("03-09")]


# The database's own word.


def test_a_change_is_neither_edited_nor_deleted():
    extend(a_case(), reason=REASON, by=a_reviewer())
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        LimitChange.objects.update(days=60)
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        LimitChange.objects.all().delete()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "extended", "days": 0},
        {"kind": "extended", "days": -3},
        {"kind": "extended"},
        {"kind": "postponed", "from_on": date(2026, 4, 8), "until_on": date(2026, 4, 8)},
        {"kind": "postponed", "from_on": date(2026, 4, 8)},
        {"kind": "postponed", "until_on": date(2026, 4, 8)},
        {"kind": "restarted"},
    ],
)
def test_the_database_refuses_a_change_that_does_not_say_how_far(fields):
    row = decide(a_case())
    with pytest.raises(IntegrityError), transaction.atomic():
        LimitChange.objects.create(limit=row, decided_on=RECEIVED.date(), article="", reason="x", **fields)


def test_the_database_refuses_a_second_extension_of_one_limit():
    row = decide(a_case())
    told = {"limit": row, "kind": "extended", "days": 30, "decided_on": RECEIVED.date(), "article": "", "reason": "x"}
    LimitChange.objects.create(**told)
    with pytest.raises(IntegrityError, match="extended_once"), transaction.atomic():
        LimitChange.objects.create(**told)


@pytest.mark.django_db(transaction=True)
def test_two_extensions_at_once_are_one():
    case, answers = a_case(), []

    def give(person) -> None:
        try:
            answers.append(extend(Case.objects.get(pk=case.pk), reason=REASON, by=person).due_on)
        except ExtendedAlready:
            answers.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(person,)) for person in (a_reviewer(), the_signer())]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [day("05-31"), None]
    assert Case.objects.get().due_on == day("05-31")


@pytest.mark.django_db(transaction=True)
def test_a_reschedule_and_an_extension_at_once_both_count():
    case = a_case()

    def change(name: str) -> None:
        CHANGES[name](Case.objects.get(pk=case.pk))
        connection.close()

    a_reviewer(), a_scheduler()
    threads = [threading.Thread(target=change, args=(name,)) for name in ("extend", "first")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Case.objects.get().due_on == decide(case).due_on == day("06-07")
    assert list(checks.due_days()) == []

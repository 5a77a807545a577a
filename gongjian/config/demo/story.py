"""The story: about twenty cases, one at least in every state, told in the order in which it happened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from gongjian.cases.models import Case
from gongjian.config.demo import deaths, ending, joining, jurisdiction, modes, pictures, recognising, together, walk
from gongjian.config.demo.cast import Worker, engage_staff, found_offices, party, worker
from gongjian.kernel import moment
from gongjian.law.calendar import working_day_after, working_day_before
from gongjian.law.modes import Mode
from gongjian.sittings.models import Venue


@dataclass(frozen=True)
class Days:
    """The days of the story, counted in working days from the day on which it is told: no holiday lays two of its steps on one day."""

    told: date

    def before(self, days: int) -> date:
        """So many working days ago."""
        return working_day_before(self.told, days)

    @property
    def coming(self) -> date:
        """A working day about a week ahead."""
        return working_day_after(self.told, 6)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of a day."""
    return moment.at(day, hour, minute)


def tell(say: Callable[[str], None]) -> None:
    """Tell the whole story into an empty database. say: hears what is being told."""
    days = Days(moment.today())
    people = numbered()
    say("单位、人员和专家库")
    with moment.fixed(at(days.before(84), 9)):
        found_offices()
        engage_staff()
        venue = walk.found_venue()
    walk.fill_pool(at=at(days.before(84), 10))
    party("周若岚", "19900008001")
    say("已办结的一批：归档、生效、送达、终止")
    first_sitting(people, days, venue)
    say("最近的一批：签发、复核、合议")
    second_sitting(people, days, venue)
    say("今天的场次：检查、候检、报到")
    todays_sitting(people, days, venue)
    say("下周的场次，和刚收到的申请")
    coming_sitting(people, days, venue)
    other_modes(people, days, venue)
    fresh_applications(people, days)
    say("人社局的工伤认定：从登记到送达")
    recognising.tell(people, days)
    pictures.tell(people, days)
    together.tell_together(people, days)
    say("从认定到待遇：沿用、申领、核定、支付")
    joining.tell(people, days)
    jurisdiction.tell()
    deaths.tell()
    say("企业集中鉴定，和住在外地的职工")
    together_and_away(people, days)
    say("消息和日锚")
    ending.catch_up()


def numbered() -> Iterator[Worker]:
    """The workers of the story, one after another."""
    return (worker(serial) for serial in range(1, 1000))


def accepted(people: Iterator[Worker], days: Days, count: int, *, before: int) -> list[Case]:
    """So many cases, applied for `before` working days ago and accepted two days later."""
    cases = []
    for number in range(count):
        case = walk.apply(next(people), at=at(days.before(before), 9, 10 * number % 60))
        walk.take_in(case, at=at(days.before(before - 2), 10, 5 * number % 60))
        cases.append(case)
    return cases


def first_sitting(people: Iterator[Worker], days: Days, venue: Venue) -> None:
    """Long over: one archived, one effective, one delivered, one not reaching a grade, one terminated."""
    cases = accepted(people, days, 5, before=60)
    day = days.before(44)
    sitting = walk.arrange(day, venue, cases, at=at(days.before(54), 14))
    walk.draw_groups(sitting, at=at(day, 7, 40))
    walk.open_day(sitting, at=at(day, 8))
    archived, effective, delivered, without_grade, absent = cases
    for case, grades in (
        (archived, (9, 9, 10)),
        (effective, (9, 9, 9)),
        (delivered, (7, 7, 7)),
        (without_grade, (None, None, 10)),
    ):
        examined(case, grades, day)
    ending.end_day(sitting, at=at(day, 18))
    ending.stay_away(absent, at=at(day, 18, 5), decided=at(days.before(38), 15))
    for case in (archived, effective, without_grade):
        ending.conclude(case, reviewed=at(days.before(41), 10), signed=at(days.before(40), 11))
        ending.deliver(case, at=at(days.before(39), 15))
    ending.conclude(delivered, reviewed=at(days.before(8), 10), signed=at(days.before(7), 11))
    ending.deliver(delivered, at=at(days.before(3), 15))
    ending.let_time_pass(at=at(days.before(14), 6))
    ending.archive(archived, at=at(days.before(6), 16))


def second_sitting(people: Iterator[Worker], days: Days, venue: Venue) -> None:
    """Some days ago: one concluded and under way, one reviewed, one with its opinion, one in deliberation, one withdrawn before."""
    cases = accepted(people, days, 5, before=21)
    day = days.before(5)
    withdrawn = cases.pop()
    sitting = walk.arrange(day, venue, cases, at=at(days.before(14), 14))
    drawn = walk.draw_groups(sitting, at=at(day, 7, 40))
    walk.reserve_leaves(drawn, at=at(day, 7, 50), is_confirmed=True)
    walk.open_day(sitting, at=at(day, 8))
    concluded, reviewed, opined, deliberating = cases
    for case, grades in (
        (concluded, (9, 9, 9)),
        (reviewed, (10, 10, 9)),
        (opined, (8, 8, 8)),
        (deliberating, (7, 8, 9)),
    ):
        examined(case, grades, day)
    ending.end_day(sitting, at=at(day, 18))
    ending.conclude(concluded, reviewed=at(days.before(3), 10), signed=at(days.before(2), 11))
    ending.review(reviewed, at=at(days.before(2), 10))
    ending.withdraw(withdrawn, at=at(days.before(11), 9))


def todays_sitting(people: Iterator[Worker], days: Days, venue: Venue) -> None:
    """Today: one being examined, one waiting in a group, one who has just come, one still expected; a reserve's leaving waits for a second person."""
    cases = accepted(people, days, 4, before=18)
    sitting = walk.arrange(days.told, venue, cases, at=at(days.before(8), 14))
    drawn = walk.draw_groups(sitting, at=at(days.told, 0, 5))
    walk.reserve_leaves(drawn, at=at(days.told, 0, 7), is_confirmed=False)
    walk.open_day(sitting, at=at(days.told, 0, 10))
    examining, grouped, present, _expected = cases
    for case in (examining, grouped, present):
        walk.receive(case, at=at(days.told, 0, 15))
    for case in (examining, grouped):
        walk.send_to_group(case, at=at(days.told, 0, 20))
    walk.call_in(examining, at=at(days.told, 0, 25))
    walk.examine(examining, (9, 9, 9), at=at(days.told, 0, 30), sealed=1)


def coming_sitting(people: Iterator[Worker], days: Days, venue: Venue) -> None:
    """Next week: three people told to come, nothing drawn yet; two accepted and not booked."""
    cases = accepted(people, days, 5, before=10)
    walk.arrange(days.coming, venue, cases[:3], at=at(days.before(1), 14))


def other_modes(people: Iterator[Worker], days: Days, venue: Venue) -> None:
    """Next week too: one visited at home, one in the clinic that has standing hours; one who asks for a video and waits for the answer."""
    visited, treated, far = accepted(people, days, 3, before=9)
    asked, arranged = at(days.before(2), 10), at(days.before(1), 15)
    for case, mode, is_granted in ((visited, Mode.HOME, True), (treated, Mode.CLINIC, True), (far, Mode.VIDEO, False)):
        modes.ask(case, mode, at=asked, is_granted=is_granted)
    modes.arrange(Mode.HOME, days.coming, venue, [visited], at=arranged)
    clinic = modes.found_clinic(at=arranged)
    modes.arrange(Mode.CLINIC, days.coming, clinic, [treated], at=arranged, weeks=3)


def together_and_away(people: Iterator[Worker], days: Days) -> None:
    """An employer's day next week, to which some of its workers have agreed; one who lives elsewhere waits for a committee to be chosen."""
    *workers, away = accepted(people, days, 7, before=9)
    row = modes.ask_together(workers, party("周若岚", "19900008001"), at=at(days.before(3), 9))
    agreed = modes.answer_together(row, at=at(days.before(2), 9))
    row.refresh_from_db()
    if row.venue:
        modes.arrange(Mode.ENTERPRISE, days.coming, row.venue, agreed, at=at(days.before(1), 16))
    modes.ask(away, Mode.ENTRUSTED, at=at(days.before(2), 11), is_granted=True)


def fresh_applications(people: Iterator[Worker], days: Days) -> None:
    """One to be checked, one to be supplemented, one given up, one that belongs to another city, one whose worker has died, and one draft."""
    walk.apply(next(people), at=at(days.before(1), 9))
    asked = walk.apply(next(people), at=at(days.before(3), 9), without=["medical_records"])
    walk.ask(asked, at=at(days.before(2), 10))
    lapsed = walk.apply(next(people), at=at(days.before(28), 9), without=["medical_records"])
    walk.ask(lapsed, at=at(days.before(26), 10))
    ending.let_time_pass(at=at(days.before(4), 6))
    elsewhere = walk.apply(next(people), at=at(days.before(3), 11))
    ending.refuse(elsewhere, at=at(days.before(2), 14))
    [bereaved] = accepted(people, days, 1, before=9)
    ending.die(bereaved, died_on=days.before(5), at=at(days.before(2), 15))
    writer = next(people)
    with moment.fixed(at(days.before(1), 20)):
        walk.write_draft(writer, by=party(writer.name, writer.telephone), without=["identity"])


def examined(case: Case, grades: tuple[int | None, ...], day: date) -> None:
    """The case's exam day from the door to the last seal."""
    walk.receive(case, at=at(day, 9))
    walk.send_to_group(case, at=at(day, 9, 10))
    walk.call_in(case, at=at(day, 9, 30))
    walk.examine(case, grades, at=at(day, 10))

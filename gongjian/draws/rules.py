"""Who must not judge whom, whom the seats must serve, and what may be typed. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from unicodedata import normalize

from gongjian.draws.errors import DoorWordWrong, OneGroupOnly, TooManyTries
from gongjian.draws.lot.plan import ANY
from gongjian.draws.lot.words import LONGEST_WORD
from gongjian.draws.states import BY_OFFICER, LIST_OUTDATED, UNFIT, WITNESS_LEFT, WORD_LOST, Act, Ground
from gongjian.law.calendar import working_day_before
from gongjian.law.modes import ModeRule

WINDOW = timedelta(minutes=10)
MOST_WRONG_CODES = 30
"""Wrong entry codes from one address within WINDOW; a whole hall shares one address, and a code has 40 bits."""


@dataclass(frozen=True)
class Judge:
    """What is known of an expert when conflicts are sought."""

    number: str
    hospital: str
    department: str


@dataclass(frozen=True)
class Judged:
    """What is known of a case when conflicts are sought."""

    hospital: str
    department: str
    employer: str


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name without width, case, blanks and brackets, for comparing what different people typed.

    Law: 令55 art. 28 (recusal must not hang on how somebody wrote a hospital's name).
    """
    return re.sub(r"[\s（）()·\-]", "", normalize("NFKC", name)).lower()


def same(one: str, other: str, *, shortest: int) -> bool:
    """Whether two names as typed mean one body: alike, or one of them, at least `shortest` signs long, within the other.

    In doubt they do: an expert too many is kept away rather than one too few.
    Law: 令55 art. 28.
    """
    short, long = sorted((plain(one), plain(other)), key=len)
    return bool(short) and (short == long or (len(short) >= shortest and short in long))


def conflicts(judge: Judge, judged: Judged) -> tuple[Ground, ...]:
    """The grounds of recusal that follow from the papers alone: treated by the own department, or employed by the own hospital.

    Where the treating department is not known, the whole hospital is barred.
    Law: 令55 art. 28 (experts with an interest in a party recuse themselves); 条例 art. 27.
    """
    found = []
    if same(judge.hospital, judged.hospital, shortest=4) and (
        not plain(judged.department) or same(judge.department, judged.department, shortest=2)
    ):
        found.append(Ground.TREATED)
    if same(judge.hospital, judged.employer, shortest=4):
        found.append(Ground.EMPLOYED)
    return tuple(found)


def only_group_for(needs: Collection[str], groups: Sequence[Collection[str]]) -> int | None:
    """The number of the one group whose seats cover these needs; None when there are several, or none.

    Law: 令55 art. 28 (where only one group can judge somebody, who must recuse may not sit in it).
    """
    able = [number for number, wants in enumerate(groups) if set(needs) <= {want for want in wants if want != ANY}]
    return able[0] if len(able) == 1 else None


def uncovered(needs: Mapping[str, Collection[str]], groups: Sequence[Collection[str]]) -> list[str]:
    """Who of those expected (exam code → specialties needed) would find no group with a seat for each specialty, in the order given.

    Law: 令55 art. 11 (relevant experts for everybody).
    """
    seats = [{want for want in wants if want != ANY} for wants in groups]
    return [code for code, wanted in needs.items() if not any(set(wanted) <= named for named in seats)]


def spelled_once(hospitals: Iterable[str]) -> dict[str, str]:
    """Hospital as written → the first spelling of the same name, without odd blanks, so that one hospital is not taken for two.

    Law: 令55 art. 28.
    """
    first: dict[str, str] = {}
    return {name: first.setdefault(plain(name), " ".join(normalize("NFC", name).split())) for name in hospitals}


def list_due(day: date) -> date:
    """The last day to commit the list of a sitting on `day`: the working day before it, so that those who come can see it in time.

    Law: 令55 art. 11 (drawn at random from the pool); the day itself is our own care.
    """
    return working_day_before(day, 1)


def is_borne_out(
    act: Act, kind: str, *, is_unfit: bool = False, is_missing: bool = False, is_shut: bool = False
) -> bool:
    """Whether a kind of reason may be given for a change on a page: it is one of the act's, and the records do not speak against it.

    is_unfit: somebody meant may not be drawn for the day. is_missing: a word is not in. is_shut: all are in, and one is still sealed.
    Law: 令55 art. 11, 24, 27.
    """
    facts = {UNFIT: is_unfit, LIST_OUTDATED: is_unfit, WITNESS_LEFT: is_missing, WORD_LOST: is_shut}
    return kind in BY_OFFICER[act] and facts.get(kind, True)


def tidied_word(text: str) -> str:
    """A word as every seal is computed over it: composed, without blank ends.

    Law: 令55 art. 11 (at random, by the words of those present).
    """
    return normalize("NFC", text.strip())


def door_word(text: str) -> str:
    """The word of a person at the door, tidied; may be empty.

    Law: 令55 art. 11 (at random). Raises: DoorWordWrong.
    """
    clean = tidied_word(text)
    if len(clean) > LONGEST_WORD or (clean and not clean.isprintable()):
        raise DoorWordWrong(most=LONGEST_WORD)
    return clean


def check_tries(wrong: Sequence[datetime], *, at: datetime) -> None:
    """Refuse further entry codes from an address after too many wrong ones. wrong: when they came.

    Law: 令55 art. 11 (who is present gives the words). Raises: TooManyTries.
    """
    recent = sorted(one for one in wrong if one > at - WINDOW)
    if len(recent) >= MOST_WRONG_CODES:
        wait = recent[-MOST_WRONG_CODES] + WINDOW - at
        raise TooManyTries(minutes=max(1, -(-int(wait.total_seconds()) // 60)))


def check_group_count(rule: ModeRule, count: int) -> None:
    """On a visit, in a clinic or by video one group is drawn, which examines one person after another; it is drawn as any other.

    Law: 令55 art. 11 (3 or 5 experts drawn at random, whatever the mode), art. 12. Raises: OneGroupOnly.
    """
    if rule.has_one_group and count != 1:
        raise OneGroupOnly(title=rule.title, count=count)

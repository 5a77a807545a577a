"""Weighing answers against heads: what may apply, what is unknown, which exclusions need which proof. Never a decision."""

from dataclasses import dataclass
from typing import Literal

from gongjian.law.recognition.answers import Answers
from gongjian.law.recognition.heads import Exclusion, Head, exclusions, heads

Stands = Literal["may_apply", "open", "does_not_apply"]


@dataclass(frozen=True)
class Weighed:
    """How a head stands. missing: questions still open; against: questions whose answers speak against it."""

    head: Head
    stands: Stands
    missing: tuple[str, ...]
    against: tuple[str, ...]
    proofs_missing: tuple[str, ...]


@dataclass(frozen=True)
class Raised:
    """An exclusion. raised: None while nobody was asked; proved is for the deciding body, so only the wanting proof is told."""

    exclusion: Exclusion
    raised: bool | None
    proofs_missing: tuple[str, ...]


def weigh(head: Head, answers: Answers) -> Weighed:
    """One head against the answers. Law: 条例 art. 14, 15, 18."""
    missing: list[str] = []
    against: list[str] = []
    for group in head.needs:
        said = {name.removeprefix("!"): _said(name, answers) for name in group}
        if True in said.values():
            continue
        unknown = [name for name, value in said.items() if value is None]
        (missing if unknown else against).extend(unknown or said)
    stands: Stands = "does_not_apply" if against else "open" if missing else "may_apply"
    return Weighed(head, stands, tuple(missing), tuple(against), _wanting(head.proofs, answers))


def weigh_all(answers: Answers) -> tuple[Weighed, ...]:
    """Every head of Articles 14 and 15. Law: 条例 art. 14, 15."""
    return tuple(weigh(head, answers) for head in heads().values())


def raised(answers: Answers) -> tuple[Raised, ...]:
    """Every exclusion of Article 16; whoever raises one needs its proof. Law: 条例 art. 16; 社保法 art. 37; 法释9 art. 1."""
    return tuple(Raised(one, answers.get(one.question), _wanting(one.proofs, answers)) for one in exclusions().values())


def _said(name: str, answers: Answers) -> bool | None:
    value: bool | None = answers.get(name.removeprefix("!"))
    return value if value is None or not name.startswith("!") else not value


def _wanting(proofs: tuple[str, ...], answers: Answers) -> tuple[str, ...]:
    held = answers.get("proofs", ())
    return tuple(name for name in proofs if name not in held)

"""The same random schedules on the real office: its tables, its actions, its ledger."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from django.db import transaction

from gongjian.accounts.tests.builders import an_exam_staff
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kits.actions import bringing, merging
from gongjian.kits.actions.bringing import bring
from gongjian.kits.jobs import merge_waiting
from gongjian.kits.models import KitEvent
from gongjian.kits.states import Kind, Stage
from gongjian.kits.tests.builders import Device, codes_of, members_of
from gongjian.kits.tests.schedules import Killed, play
from gongjian.law.errors import RuleError
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.models import Opinion, OpinionDraft
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.models import Sitting

STEPS = 18


@dataclass
class Real:
    """The office of one device. wrote: each event's code and kind, in order."""

    device: Device
    chance: Random
    mercy: bool = False
    wrote: list[tuple[str, Kind]] = field(default_factory=list)

    @property
    def written(self) -> int:
        return len(self.device.events)

    def write(self) -> None:
        codes = codes_of(self.device.sitting)
        left = [code for code in codes if (code, Kind.SEALED) not in self.wrote]
        if not left:
            return
        code, n = self.chance.choice(left), self.written + 1
        kind = self.chance.choices((Kind.DRAFTED, Kind.PICTURED, Kind.SEALED), (6, 2, 1))[0]
        if kind is Kind.PICTURED:
            self.device.pictures(code, a_picture(n).read())
        else:
            act = self.device.writes if kind is Kind.DRAFTED else self.device.seals
            act(code, an_opinion_of(9, reason=f"第{n}条"))
        self.wrote.append((code, kind))

    def deliver(self, numbers: Sequence[int]) -> int:
        for sha, data in self.device.files.items():
            self.device.sends_file(sha, data)
        bring(self.device.pack["number"], [self.device.events[n - 1] for n in numbers], by=self.device.user)
        return KitEvent.objects.count() + 1

    def sweep(self) -> int:
        return merge_waiting()

    def live(self) -> None:
        """The next is called, or the same expert writes at the office."""
        waiting = len(codes_of(self.device.sitting)) if self.mercy else self.chance.randint(0, 1)
        for _ in range(waiting):
            _or_not(lambda: call_next(self.device.sitting, 1, by=an_exam_staff()))
        if not self.mercy and self.chance.random() < 0.3:
            code = self.chance.choice(codes_of(self.device.sitting))
            _or_not(lambda: save_draft(code, an_opinion_of(10, reason="平台上写的"), version=1, by=self.device.user))


def _or_not(act: Callable[[], object]) -> None:
    """Life goes on as far as the rules let it."""
    try:
        with transaction.atomic():
            act()
    except RuleError:
        return


@contextmanager
def mortal(office: Real) -> Iterator[None]:
    """Inside, the office may die wherever it writes an entry for an event, or takes one in; what is unfinished never was."""

    def dying(act: Callable[..., Any]) -> Callable[..., Any]:
        def inner(*args: Any, **facts: Any) -> Any:
            if not office.mercy and office.chance.random() < 0.15:
                raise Killed
            return act(*args, **facts)

        return inner

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "_end", dying(merging._end))
        patch.setattr(bringing, "_keep", dying(bringing._keep))
        yield


def unlike_in_truth(sitting: Sitting, seed: int) -> list[str]:
    """What did not converge in the schedule of this seed; everything it wrote is forgotten again."""
    with transaction.atomic():
        office = Real(Device(members_of(sitting)[0], sitting), Random(seed))
        with mortal(office):
            play(office, STEPS)
        wrong = [f"{seed}: {told}" for told in _wrong(office)]
        transaction.set_rollback(True)
    return wrong


def _wrong(office: Real) -> Iterator[str]:
    events = list(KitEvent.objects.order_by("n"))
    if [event.hash for event in events] != office.device.hashes:
        yield "the office's chain is not the device's"
    if waiting := [event.n for event in events if event.stage == Stage.WAITING]:
        yield f"waiting for ever: {waiting}"
    entries = LedgerEntry.objects.filter(act__in=("kit.merged", "kit.conflict")).values_list("facts__n", flat=True)
    if sorted(entries) != [event.n for event in events]:
        yield f"done twice, or never: {sorted(entries)}"
    sealed = [event for event in events if (event.kind, event.stage) == (Kind.SEALED, Stage.MERGED)]
    if Opinion.objects.count() != len(sealed) or len(sealed) != _seals(office):
        yield "a seal was lost or doubled"
    pictures = [event for event in events if (event.kind, event.stage) == (Kind.PICTURED, Stage.MERGED)]
    if MaterialPage.objects.filter(material__kind="examination").count() != len(pictures):
        yield "a picture was lost or doubled"
    yield from _drafts(events)


def _seals(office: Real) -> int:
    return sum(kind is Kind.SEALED for _, kind in office.wrote)


def _drafts(events: list[KitEvent]) -> Iterator[str]:
    """A draft that stands is the last that was merged, and what was written at the office is overwritten by none."""
    for draft in OpinionDraft.objects.select_related("assignment"):
        mine = [
            event for event in events if event.exam_code == draft.assignment.exam_code and event.kind == Kind.DRAFTED
        ]
        merged = [event.n for event in mine if event.stage == Stage.MERGED]
        expected = f"第{merged[-1]}条" if merged else "平台上写的"
        if draft.content["reason"] != expected and draft.content["reason"] != "平台上写的":
            yield f"{draft.content['reason']} stands, {expected} should"

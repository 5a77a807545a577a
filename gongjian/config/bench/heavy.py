"""The heavy hours: the groups of a large sitting, six hundred conclusions, a million due days."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gongjian.config.bench.measure import Timing, timed
from gongjian.draws.lot.door import DoorGroup, Visitor, commit_door, open_door
from gongjian.draws.lot.sample import SECRET, SPECIALTIES, sample_commitment, sample_draw, sample_plan
from gongjian.draws.lot.verify import verify
from gongjian.draws.lot.words import seal_word
from gongjian.grading.measuring import candidates_of_sample
from gongjian.kernel import moment
from gongjian.law.benefits.speed import state_once
from gongjian.law.measuring import recompute
from gongjian.papers.authority import ensure_authority, ensure_office
from gongjian.papers.forms.base import Imprint, IssuedPaper
from gongjian.papers.render import renderer
from gongjian.papers.sign import LocalProvider

PEOPLE = 600
DUE_DAYS = 1_000_000
GROUPS = 40


def draw_timings() -> list[Timing]:
    """Commit, draw and verify 40 groups of 200 experts; send 600 people to them."""
    plan = sample_plan(experts=200, groups=GROUPS)
    commitment = sample_commitment(plan)
    document = sample_draw(commitment).document()
    return [
        timed("承诺名单（200名专家、40组）", lambda _: sample_commitment(plan), runs=10),
        timed("抽取专家（200名专家、40组）", lambda _: sample_draw(commitment), runs=10),
        timed("复核抽取凭证", lambda _: verify(document), runs=10),
        timed("现场分组（600人、40组）", lambda _: send_everybody(), runs=5, warm=1),
    ]


def send_everybody() -> None:
    """The whole day at the door."""
    groups = [DoorGroup(f"G{number:02d}", SPECIALTIES) for number in range(1, GROUPS + 1)]
    visitors = [Visitor(f"K{number:03d}", (SPECIALTIES[number % 12],)) for number in range(PEOPLE)]
    commitment = commit_door("SAMPLE", receipt="ab" * 32, groups=groups, visitors=visitors, secret=SECRET)
    word = seal_word(commitment.hash, position=1, who="监督员", word="清风", salt=bytes(16))
    door = open_door(commitment, secret=SECRET, words=[word])
    for visitor in visitors:
        door = door.send(visitor.id)


def conclusion_timing(paper: Callable[[Imprint], IssuedPaper], imprint: Imprint, count: int) -> Timing:
    """Render and sign so many conclusions, each with its own number."""
    at = datetime(2026, 3, 20, 15, 0, tzinfo=moment.ZONE)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ensure_authority(home, at=at)
        ensure_office(home, "YXJD", imprint.office, at=at)
        provider = LocalProvider.of(home / "YXJD")

        def make(number: int) -> None:
            numbered = replace(imprint, number=f"云溪劳鉴初〔2026〕{number + 1}号")
            provider.sign(renderer().render(paper(numbered), at=at), at=at, reason="制发文书")

        return timed(f"结论书（共{count}份，每份）", make, runs=count, warm=2)


def clock_timing() -> Timing:
    """Recompute a million due days, once: every limit, from every day of a year and a half."""
    return timed(f"重算{DUE_DAYS:,}个到期日（全部期限）", lambda _: recompute(DUE_DAYS), runs=1, warm=0)


def grading_timing() -> Timing:
    """The candidates among 530 clauses for eighteen findings from all regions of the body."""
    return timed("候选条款（18项所见、530条）", lambda _: candidates_of_sample(), runs=200)


def benefits_timing() -> Timing:
    """A benefits statement read, worked out and written: the aim is 100,000 a minute, 0.6 ms each."""
    return timed("待遇核算单（目标每份0.6毫秒）", lambda _: state_once(), runs=2000)

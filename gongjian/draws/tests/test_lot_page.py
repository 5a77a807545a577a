"""The stand-alone page agrees with the Python verifier, in a browser, from a file, without a network."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongjian.draws.errors import ReceiptUnreadable
from gongjian.draws.lot.canonical import Document, canonical
from gongjian.draws.lot.door import Door, DoorGroup, Visitor
from gongjian.draws.lot.plan import ANY, Plan, Recusal
from gongjian.draws.lot.receipt import Receipt, late_conflict
from gongjian.draws.lot.sample import sample_commitment, sample_draw, sample_plan
from gongjian.draws.lot.verify import UNREADABLE, verify_text
from gongjian.draws.tests.builders import (
    BONE,
    EYE,
    NERVE,
    RECORD,
    a_plan,
    a_receipt,
    an_expert,
    an_open_door,
    experts_of,
    groups_of,
    recused,
)
from gongjian.draws.tests.mutations import mutations

FILE = Path(__file__).parents[1] / "static" / "draws" / "verifier.html"
LONGEST = 300
ISSUED = Path(__file__).with_name("receipts")
"""Receipts of earlier algorithms: as they were given out, byte for byte."""
JUDGE = "texts => Promise.all(texts.map(text => verifyText(text)))"


@pytest.fixture
def verifier(page: Page) -> Page:
    """The page, opened from the disk."""
    page.goto(FILE.as_uri())
    return page


def judged(page: Page, *texts: str) -> list[list[str]]:
    """The codes of what does not hold, text by text."""
    found: list[list[str]] = page.evaluate(JUDGE, list(texts))
    return found


def with_late_conflicts() -> Receipt:
    receipt = a_receipt()
    for place in receipt.sitting[:2]:
        receipt = late_conflict(receipt, expert=place.expert, group=place.group, reason="kin", record=RECORD)
    return late_conflict(receipt, expert=receipt.outcome.reserves[0].expert, group="*", reason="ill", record=RECORD)


def tight_hospitals() -> Plan:
    """Large hospitals, recusals and scarce specialties: cuts of every kind, redraws, searches."""
    people = [
        an_expert(
            f"E{n:02d}",
            *([EYE, BONE] if n % 5 == 0 else [NERVE] if n % 4 == 0 else [BONE]),
            hospital=f"H{n % 4}",
            not_in=["G1"] if n % 7 == 0 else [],
        )
        for n in range(24)
    ]
    return a_plan(people, groups_of([BONE, EYE, NERVE], [BONE, ANY, ANY], [NERVE, BONE, ANY]), reserves=[EYE, ANY])


def a_busy_door() -> Door:
    groups = [DoorGroup("G1", (BONE, EYE), 1), DoorGroup("G2", (BONE, NERVE)), DoorGroup("G3", (EYE, BONE))]
    visitors = [Visitor(f"K{n}", (EYE,) if n % 3 else (BONE,), (recused("G1", "kin"),) * (n % 2)) for n in range(9)]
    door = an_open_door(groups, visitors)
    for n in (4, 0, 7, 1, 8):
        door = door.send(f"K{n}", word="七" * (n % 2), late=[recused("G3", "employer")] * (n == 0))
    return door


def a_door_that_sends_again() -> Door:
    """Two groups fail one after the other; somebody is sent three times."""
    door = an_open_door().send("K01").send("K02")
    barred: list[Recusal] = []
    for _ in range(2):
        group = next(one.group for one in reversed(door.arrivals) if one.person == "K01")
        barred.append(recused(group, "本组有席位空缺"))
        door = door.send("K01", word="再", late=barred)
    return door.send("K03", late=barred)


GOOD: dict[str, bytes] = {
    "the city's": a_receipt().text,
    "with late conflicts": with_late_conflicts().text,
    "a large one": sample_draw(sample_commitment()).text,
    "five seats": sample_draw(sample_commitment(sample_plan(size=5, groups=20, hospitals=30))).text,
    "a door": a_busy_door().text,
    "a door that sends again": a_door_that_sends_again().text,
    **{f"issued under {file.stem}": file.read_bytes() for file in sorted(ISSUED.iterdir())},
    "a door nobody came to": an_open_door().text,
    "without reserves": a_receipt(a_plan(experts_of(*[BONE] * 5), groups_of([BONE] * 3))).text,
    "a reserve place left empty": a_receipt(
        a_plan(experts_of(BONE, BONE, BONE, f"{BONE}+{EYE}"), groups_of([BONE] * 3), reserves=[EYE])
    ).text,
    **{f"tight hospitals, {word}": a_receipt(tight_hospitals(), word).text for word in "甲乙丙丁"},
}


def test_the_page_is_one_short_file_that_asks_for_nothing_else() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert "default-src 'none'" in text
    assert not [
        word for word in ("http://", "https://", "src=", "href=", "import(", "fetch(", "XMLHttp") if word in text
    ]


@pytest.mark.parametrize("name", GOOD)
def test_what_holds_for_the_program_holds_for_the_page(verifier: Page, name: str) -> None:
    assert verify_text(GOOD[name]) == []
    assert judged(verifier, GOOD[name].decode()) == [[]]


def written(document: Document) -> str:
    """The text of a document that may no longer be one the platform writes."""
    try:
        return canonical(document).decode()
    except ReceiptUnreadable:
        return json.dumps(document, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize(
    "name",
    [
        "with late conflicts",
        "a door",
        "a door that sends again",
        "tight hospitals, 甲",
        "issued under gongjian-lot-1-door",
        "issued under gongjian-lot-1-experts",
    ],
)
def test_page_and_program_reject_the_same_changes(verifier: Page, name: str) -> None:
    document = json.loads(GOOD[name])
    texts = [written(changed) for _, _, changed in islice(mutations(document), 0, None, 11)]
    by_page = judged(verifier, *texts)
    by_program = [verify_text(text.encode()) for text in texts]
    assert all(by_program)
    assert [text for text, codes in zip(texts, by_page, strict=True) if not codes] == []


CHANGES: dict[str, tuple[str, tuple[str | int, ...], Any]] = {
    "receipt.hash": ("the city's", ("hash",), "00" * 32),
    "algorithm": ("the city's", ("algorithm",), "gongjian-lot-1"),
    "commitment_hash": ("the city's", ("commitment_hash",), "00" * 32),
    "secret": ("the city's", ("secret",), "00" * 32),
    "seed": ("the city's", ("seed",), "00" * 32),
    "word": ("the city's", ("words", 0, "word"), "春水"),
    "chances": ("the city's", ("chances", 0, 1), "2/3"),
    "certificate": ("the city's", ("certificate", 0, "places"), 5),
    "redraws": ("the city's", ("redraws",), 7),
    "places": ("the city's", ("places", 0, "expert"), "E10"),
    "reserves": ("the city's", ("reserves", 0, "expert"), "E10"),
    "late": ("with late conflicts", ("late", 0, "reason"), "ill"),
    "sitting": ("with late conflicts", ("sitting", 3, "expert"), "E10"),
    "last": ("with late conflicts", ("last",), "00" * 32),
    "arrivals": ("a door", ("arrivals", 0, "group"), "G9"),
}


@pytest.mark.parametrize("code", CHANGES)
def test_page_and_program_name_the_same_faults(verifier: Page, code: str) -> None:
    name, path, value = CHANGES[code]
    document = json.loads(GOOD[name])
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    text = canonical(document)
    by_program = {finding.code for finding in verify_text(text)}
    assert code in by_program
    assert set(judged(verifier, text.decode())[0]) == by_program


@pytest.mark.parametrize(
    ("name", "path", "code"),
    [
        ("with late conflicts", ("late", 0), "late"),
        ("a door", ("arrivals", 1, "late", 0), "arrivals"),
        ("a door", ("commitment", "visitors", 1, "conflicts", 0), UNREADABLE),
        ("the city's", ("commitment", "plan", "excluded", 0), UNREADABLE),
        ("the city's", ("commitment", "plan", "experts", 3, "recusals", 0), UNREADABLE),
    ],
)
def test_a_reason_without_its_record_is_accepted_by_neither(
    verifier: Page, name: str, path: tuple[str | int, ...], code: str
) -> None:
    document = json.loads(GOOD[name])
    inner = document
    for key in path:
        inner = inner[key]
    del inner["record"]
    text = canonical(document)
    assert code in [finding.code for finding in verify_text(text)]
    assert code.removeprefix("receipt.") in judged(verifier, text.decode())[0]


@pytest.mark.parametrize(
    "text",
    ["", "hello", "{}", "[]", "null", '{"kind":"x"}', '{"a":1.0}', '{"a":1,"a":1}', '{"kind":"gongjian/draw-receipt"}'],
)
def test_what_is_no_receipt_is_unreadable_to_both(verifier: Page, text: str) -> None:
    assert [finding.code for finding in verify_text(text.encode())] == [UNREADABLE]
    assert judged(verifier, text) == [["unreadable"]]


def test_a_citizen_chooses_a_file_and_reads_the_answer(verifier: Page, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(GOOD["the city's"])
    verifier.get_by_label("凭证文件").set_input_files(file)
    expect(verifier.get_by_text("核验通过：重新计算的结果与凭证完全一致。")).to_be_visible()
    expect(verifier.get_by_role("heading", name="入席专家")).to_be_visible()
    expect(verifier.get_by_role("row")).to_have_count(2 + 6 + 2)


def test_a_citizen_pastes_a_changed_receipt_and_reads_what_is_wrong(verifier: Page) -> None:
    document = json.loads(GOOD["the city's"])
    document["places"][0]["expert"] = "E10"
    verifier.get_by_label("或者粘贴凭证全文").fill(canonical(document).decode())
    verifier.get_by_role("button", name="开始核验").click()
    expect(verifier.get_by_text("核验不通过：以下内容不成立。")).to_be_visible()
    expect(verifier.get_by_text("入席名单或座次与重新抽取的结果不符。")).to_be_visible()


@pytest.mark.parametrize(
    ("stated", "answer"),
    [
        (json.loads(GOOD["the city's"])["commitment_hash"], "凭证依据的正是您填写的那一份承诺。"),
        ("ab" * 32, "凭证依据的不是您填写的那一份承诺。"),
        ("", "请将下面的承诺哈希与抽取前公示的核对"),
    ],
)
def test_the_published_commitment_can_be_compared(verifier: Page, stated: str, answer: str) -> None:
    verifier.get_by_label("抽取前公示的承诺哈希").fill(stated)
    verifier.get_by_label("或者粘贴凭证全文").fill(GOOD["the city's"].decode())
    verifier.get_by_role("button", name="开始核验").click()
    expect(verifier.get_by_text(answer)).to_be_visible()


def test_a_door_receipt_shows_who_went_where(verifier: Page) -> None:
    verifier.get_by_label("或者粘贴凭证全文").fill(GOOD["a door"].decode())
    verifier.get_by_role("button", name="开始核验").click()
    expect(verifier.get_by_role("heading", name="现场分组")).to_be_visible()
    expect(verifier.get_by_role("row")).to_have_count(1 + 5)


def test_nothing_in_a_receipt_can_run_in_the_page(verifier: Page) -> None:
    people = experts_of(*["<img onerror=alert(1)>"] * 5)
    plan = a_plan(people, groups_of(["<img onerror=alert(1)>"] * 3))
    verifier.get_by_label("或者粘贴凭证全文").fill(a_receipt(plan).text.decode())
    verifier.get_by_role("button", name="开始核验").click()
    expect(verifier.get_by_text("<img onerror=alert(1)>").first).to_be_visible()
    assert verifier.locator("img").count() == 0


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_page_fits_telephones_and_desks(verifier: Page, width: int) -> None:
    verifier.set_viewport_size({"width": width, "height": 900})
    verifier.get_by_label("或者粘贴凭证全文").fill(GOOD["a large one"].decode())
    verifier.get_by_role("button", name="开始核验").click()
    expect(verifier.get_by_text("核验通过")).to_be_visible()
    assert verifier.evaluate("document.documentElement.scrollWidth") <= width

"""The whole answer in plain values and in lines (names stable: docs/guide/recognition.md)."""

from typing import Any

from gongjian.law.recognition import places, standing
from gongjian.law.recognition.answers import Answers
from gongjian.law.recognition.heads import Guidance, proofs, questions
from gongjian.law.recognition.weighing import Raised, Weighed, raised, weigh_all
from gongjian.law.register import CONFIDENCES

SCHEMA = "gongjian.recognition/1"
NOTICE = "本答复只列出可能适用的情形、尚缺的事实和需要的证明，不是工伤认定决定；由社会保险行政部门依法认定。"
STANDS = {"may_apply": "可能适用", "open": "事实尚不清楚", "does_not_apply": "按所答不符合"}
SIDES = {"employer": "用人单位", "worker": "职工一方"}


def as_answer(answers: Answers) -> dict[str, Any]:
    """Heads that may apply, facts missing, exclusions with the proof they need, time limits, place, liable unit. Never a decision.

    Law: 条例 art. 14, 15, 16, 17, 18, 19. Raises: StillPaused, ExtensionTooLong, NotInForce.
    """
    weighed = weigh_all(answers)
    limits = standing.time_limits(answers)
    unit = places.liable_unit(answers)
    answer = {
        "schema": SCHEMA,
        "decision": None,
        "other_procedure": places.is_elsewhere(answers),
        "may_apply": [one.head.code for one in weighed if one.stands == "may_apply"],
        "heads": [_head(one) for one in weighed],
        "exclusions": [_exclusion(one) for one in raised(answers)],
        "time_limits": [_limit(one) for one in limits],
        "jurisdiction": _place(answers),
        "liable_unit": unit._asdict() if unit else None,
        "notes": [one._asdict() for one in standing.notes(answers, limits)],
        "missing": _missing(answers, weighed),
        "notice": NOTICE,
    }
    return {**answer, "lines": lines(answer)}


def lines(answer: dict[str, Any]) -> list[str]:
    """The answer line by line for people."""
    asked = {one["question"] for one in answer["missing"]}
    begun = {one["code"] for one in answer["heads"] if one["stands"] == "open" and asked.issuperset(one["missing"])}
    found = [NOTICE]
    for head in answer["heads"]:
        if head["stands"] == "may_apply" or head["code"] in begun:
            found += _head_lines(head)
    for one in answer["exclusions"]:
        if one["raised"]:
            found.append(
                f"有人主张{one['title']}：须有{'；'.join(proof['title'] for proof in one['proofs'])}，并证明与伤害有因果关系。［{one['article']}］"
            )
    found += [_limit_line(one) for one in answer["time_limits"]]
    found.append(_with_source(answer["jurisdiction"]["note"]))
    found += [_with_source(one) for one in (answer["liable_unit"], *answer["notes"]) if one]
    found += [f"还需要知道：{one['title']}（{one['question']}）" for one in answer["missing"]]
    return found


def _head(one: Weighed) -> dict[str, Any]:
    return {
        "code": one.head.code,
        "title": one.head.title,
        "article": one.head.article,
        "stands": one.stands,
        "missing": list(one.missing),
        "against": list(one.against),
        "proofs": [_proof(name, one.proofs_missing) for name in one.head.proofs],
        "benefits": one.head.benefits,
        "guidance": [_guidance(told) for told in one.head.guidance],
    }


def _exclusion(one: Raised) -> dict[str, Any]:
    return {
        "code": one.exclusion.code,
        "title": one.exclusion.title,
        "article": one.exclusion.article,
        "raised": one.raised,
        "proofs": [_proof(name, one.proofs_missing) for name in one.exclusion.proofs],
        "guidance": [_guidance(told) for told in one.exclusion.guidance],
    }


def _proof(name: str, wanting: tuple[str, ...]) -> dict[str, Any]:
    found = proofs()[name]
    return {
        "proof": name,
        "title": found.title,
        "source": found.source,
        "confidence": found.confidence,
        "held": name not in wanting,
    }


def _guidance(told: Guidance) -> dict[str, str]:
    return {"text": told.text, "source": told.source, "confidence": told.confidence}


def _limit(one: standing.TimeLimit) -> dict[str, Any]:
    names = (
        "limit",
        "title",
        "due",
        "act_by",
        "state",
        "days_left",
        "late_by",
        "provisional",
        "confidence",
        "basis",
        "working",
    )
    return {"side": one.side, "in_time": one.in_time, **{name: one.clock[name] for name in names}}  # type: ignore[literal-required]


def _place(answers: Answers) -> dict[str, Any]:
    region, note = places.jurisdiction(answers)
    return {"region": region, "note": note._asdict()}


def _missing(answers: Answers, weighed: tuple[Weighed, ...]) -> list[dict[str, str]]:
    of_heads = [name for one in weighed if one.stands == "open" and _is_begun(one) for name in one.missing]
    of_exclusions = [one.exclusion.question for one in raised(answers) if one.raised is None]
    names = dict.fromkeys([*of_heads, *of_exclusions, *standing.missing(answers), *places.missing(answers)])
    return [{"question": name, "title": questions()[name].title} for name in names]


def _is_begun(one: Weighed) -> bool:
    """Whether an answer already speaks for the head: nobody is asked everything about every head."""
    return len(one.missing) < sum(len(group) for group in one.head.needs)


def _head_lines(head: dict[str, Any]) -> list[str]:
    asked = [f"  还需要知道：{questions()[name].title}（{name}）" for name in head["missing"]]
    wanting = [proof["title"] for proof in head["proofs"] if not proof["held"]]
    needs = [f"  尚缺的证明：{'；'.join(wanting)}"] if wanting and not head["missing"] else []
    guidance = [f"  {_with_source(one)}" for one in head["guidance"]] if head["stands"] == "may_apply" else []
    return [
        f"{head['code']} {head['title']}：{STANDS[head['stands']]}。［{head['article']}］",
        *asked,
        *needs,
        *guidance,
    ]


def _limit_line(one: dict[str, Any]) -> str:
    in_time = {True: "所填申请日期在时限内", False: "所填申请日期已超过时限", None: "尚未填写申请日期"}[one["in_time"]]
    return f"{SIDES[one['side']]}的申请时限至{one['act_by']}；{in_time}。［{one['basis']}］"


def _with_source(one: dict[str, str]) -> str:
    sure = "" if one["confidence"] == "seen" else f"，{CONFIDENCES[one['confidence']]}"
    return f"{one['text']}［{one['source']}{sure}］"

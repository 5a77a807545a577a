"""When a paper counts as served, on what proof, and what may be tried next: plain values in and out."""

from collections.abc import Collection, Mapping
from datetime import date

from gongjian.delivery.errors import (
    MethodNotRecorded,
    NoticeTooSoon,
    ProofMissing,
    ReappealTooLate,
    RefuserWrong,
    SignerWrongForBody,
    SignerWrongForPerson,
)
from gongjian.delivery.methods import (
    BY_HAND,
    FACTS,
    RELATIONS,
    TABLE,
    TRIED_BEFORE_NOTICE,
    Method,
    refusers,
    signers,
)
from gongjian.law.bounds import Bound, check_past

TWO = 2
OTHER_WAYS = {
    "telephone": "打电话通知到了",
    "in_person": "当面告知了",
    "paper": "寄出或者交付了纸质件",
    "other_number": "核对后改用新的号码或者地址通知到了",
}
"""How a recipient was reached whom a message did not reach, or how a copy went out."""
TO_THE_APPLICANT = frozenset(
    {
        "supplement_notice",
        "acceptance_notice",
        "extension_notice",
        "lapse_notice",
        "refusal_notice",
        "recognition_supplement",
        "recognition_acceptance",
        "recognition_transfer",
        "suspension_notice",
        "resumption_notice",
    }
)
TO_THE_APPRAISEE = frozenset({"appearance_notice", "reschedule_notice"})
TO_BOTH = frozenset({"termination_notice", "recognition_termination"})
TO_THE_EMPLOYER = frozenset({"evidence_notice"})
ON_BOTH_SIDES = frozenset(
    {"death_notice", "decision_correction", "revocation_anew", "recognition_handover", "appraisal_handover"}
)


def check_proof(method: Method, facts: Mapping[str, str], *, files: int, is_body: bool = False) -> None:
    """Refuse to call a paper served without what the method's proof needs: its facts, two servers, a kept file, and who may sign.

    is_body: whether the recipient is an employer and not a person.
    Law: 民诉法 art. 87 (送达回证), 88, 89, 91 to 94. Raises: MethodNotRecorded, ProofMissing, SignerWrong, RefuserWrong.
    """
    if method not in BY_HAND:
        raise MethodNotRecorded(method=method.label)
    missing = [FACTS[name] for name in TABLE[method].needs if not facts.get(name, "").strip()]
    if "servers" in TABLE[method].needs and len(names_in(facts.get("servers", ""))) < TWO:
        missing = [each for each in missing if each != FACTS["servers"]] + [FACTS["servers"]]
    if TABLE[method].proof and not files:
        missing.append("送达回证扫描件" if method is not Method.LEFT else "送达回证扫描件，或者送达过程的照片")
    if missing:
        raise ProofMissing(method=method.label, what="、".join(missing))
    _check_who(facts, is_body=is_body)


def _check_who(facts: Mapping[str, str], *, is_body: bool) -> None:
    told, wrong = facts.get("relation", ""), (SignerWrongForBody if is_body else SignerWrongForPerson)
    if told and told not in signers(is_body=is_body):
        raise wrong(told=RELATIONS.get(told, told))
    refused = facts.get("refused_by", "")
    if refused and refused not in refusers(is_body=is_body):
        raise RefuserWrong(told=RELATIONS.get(refused, refused))


def check_left(*, witnesses: str, photos: int) -> None:
    """A paper that was left needs somebody who saw it, or a picture of it. photos: kept files that are pictures, not scans to PDF.

    Law: 民诉法 art. 89 (witnesses of a local body or the employer, or photos and films). Raises: ProofMissing.
    """
    if not witnesses.strip() and not photos:
        raise ProofMissing(method=Method.LEFT.label, what="见证人，或者送达过程的照片（JPG、PNG；PDF扫描件不算照片）")


def names_in(text: str) -> list[str]:
    """Names written one after another: 宋达、陈晓窗. Law: none (a reading aid for the two servers of 民诉法 art. 89)."""
    for sign in "，,；; /　":
        text = text.replace(sign, "、")
    return [name for name in text.split("、") if name.strip()]


def check_day(day: date, *, made_on: date, today: date, posted_on: date | None = None) -> None:
    """Refuse a day of service, or of a failure, before the paper was made or handed to the post, or in the future.

    Law: 民诉法 art. 87, 91. Raises: DayOutOfBounds.
    """
    since = Bound(posted_on, "交寄之日") if posted_on else Bound(made_on, "文书作出之日")
    check_past("送达或者没有送到的日期", day, since=since, today=today)


def check_notice(failed: Collection[Method], *, whereabouts_unknown: bool, reason: str) -> None:
    """Refuse a public notice while another way is open, or without its reason and course.

    Law: 民诉法 art. 95 (whereabouts unknown, or no other way succeeded). Raises: ProofMissing, NoticeTooSoon.
    """
    if not reason.strip():
        raise ProofMissing(method=Method.PUBLIC_NOTICE.label, what=FACTS["reason"])
    missing = [method.label for method in Method if method in TRIED_BEFORE_NOTICE - set(failed)]
    if missing and not whereabouts_unknown:
        raise NoticeTooSoon(missing="、".join(missing))


def is_notice_complete(last_day: date, today: date) -> bool:
    """Whether the days of a public notice are over: on the day after its last one. Law: 民诉法 art. 95 (经过三十日，即视为送达)."""
    return today > last_day


def check_reappeal(on: date, due: date, *, served_on: date, today: date) -> None:
    """Refuse an application for a second appraisal before the conclusion was received, in the future, or after the recipient's last day.

    Law: 令55 art. 19. Raises: DayOutOfBounds, ReappealTooLate.
    """
    check_past("申请再次鉴定的日期", on, since=Bound(served_on, "收到结论书之日"), today=today)
    if on > due:
        raise ReappealTooLate(due=due, on=on)


def have_lapsed(ends: Collection[date], today: date) -> bool:
    """Whether every recipient's time for a second appraisal is over; a last day itself still counts. Law: 令55 art. 19."""
    return bool(ends) and today > max(ends)


def next_method(tried: Collection[Method], *, consents: bool, has_address: bool) -> Method:
    """The way to try first, or next: electronic where consented, then post, then in person; none of these twice in a row.

    Law: 令55 art. 17; 民诉法 art. 88, 90, 91 (order is ours, see the notes of each method).
    """
    open_ways = [Method.ELECTRONIC] if consents else []
    open_ways += [Method.POST] if has_address else []
    open_ways.append(Method.IN_PERSON)
    return next((way for way in open_ways if way not in tried), Method.IN_PERSON)


def notified(kind: str, *, applicant: str) -> set[str]:
    """On which sides a notice is served: whoever must come, who applied, or both. applicant: "worker" or "employer".

    Empty for papers that are no notices. Law: 令55 art. 10 (what to supplement, acceptance, extension, lapse), art. 12, 14 (the appraisee); 令8 art. 8, 20 (the applicant), 17 (the employer).
    """
    if kind in TO_THE_APPRAISEE:
        return {"worker"}
    if kind in TO_THE_EMPLOYER:
        return {"employer"}
    if kind in ON_BOTH_SIDES:
        return {"worker", "employer"}
    if kind in TO_BOTH:
        return {applicant, "worker"}
    return {applicant} if kind in TO_THE_APPLICANT else set()


def masked(name: str) -> str:
    """A name for the public list of notices: the first sign, the rest hidden. Law: 个保法 art. 6, 25 (no more than needed)."""
    return name[:1] + "某" * min(2, max(1, len(name) - 1))

"""The ways in which a paper is served, as one table: what each rests on and what must be kept as its proof."""

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How a paper is served. Law: 民诉法 art. 88 to 95 (2023), applied by analogy."""

    IN_PERSON = "in_person"
    ELECTRONIC = "electronic"
    POST = "post"
    LEFT = "left"
    ENTRUSTED = "entrusted"
    RELAYED = "relayed"
    PUBLIC_NOTICE = "public_notice"

    @property
    def label(self) -> str:
        return TABLE[self].label


@dataclass(frozen=True)
class Way:
    """One row. needs: facts that must be told for "served"; proof: whether a file (scan, photo, film) must be kept; help: for the clerk."""

    label: str
    article: str
    needs: tuple[str, ...]
    proof: bool
    help: str


FACTS = {
    "received_by": "签收人",
    "relation": "与受送达人的关系",
    "id_checked": "核验身份的方式",
    "servers": "送达人（两名）",
    "refused_by": "拒收的人",
    "refusal": "拒收的事由",
    "left_at": "文书留在哪里",
    "witnesses": "见证人",
    "organ": "受托或者转交的单位",
    "reason": "公告的原因和经过",
}
"""Every fact that a record of service may hold, with its name."""

RELATIONS = {
    "self": "本人",
    "family": "同住成年家属",
    "head": "法定代表人、主要负责人或者经营者",
    "mail_room": "单位负责收件的人（收发室、值班室等）",
    "agent": "委托代理人",
    "designated": "指定代收人",
}
"""Who may sign. Law: 民诉法 art. 88."""
SHORT = {
    "self": "本人",
    "family": "同住成年家属",
    "head": "法定代表人",
    "mail_room": "收发室",
    "agent": "委托代理人",
    "designated": "指定代收人",
}
"""The same as a clerk types it into the table of what came back from the post."""
FOR_A_PERSON = ("self", "family", "agent", "designated")
FOR_A_BODY = ("head", "mail_room", "agent", "designated")
"""For whom which of them: only a person has a family, only a body has a mail room. Law: 民诉法 art. 88."""
REFUSING_PERSON = ("self", "family", "designated")
REFUSING_BODY = ("head", "mail_room", "designated")
"""Whose refusal lets a paper be left. Law: 民诉法 art. 89; 民诉法解释 art. 130, 132 (mail room of a body; who was designated)."""


def signers(*, is_body: bool) -> tuple[str, ...]:
    """The relations in which somebody may sign. is_body: whether the recipient is an employer, not a person."""
    return FOR_A_BODY if is_body else FOR_A_PERSON


def refusers(*, is_body: bool) -> tuple[str, ...]:
    """Whose refusal counts."""
    return REFUSING_BODY if is_body else REFUSING_PERSON


TABLE = {
    Method.IN_PERSON: Way(
        "直接送达",
        "民诉法 第八十八条",
        ("received_by", "relation", "id_checked", "servers"),
        True,
        "由两名送达人当面交付；签收人在送达回证上签名并写明日期，回证扫描后上传。",
    ),
    Method.ELECTRONIC: Way(
        "电子送达",
        "民诉法 第九十条",
        (),
        False,
        "须经受送达人同意；结论书到达其消息箱之日即为送达日期，由系统办理和记录。",
    ),
    Method.POST: Way(
        "邮寄送达",
        "民诉法 第九十一条",
        ("received_by", "relation"),
        False,
        "免费邮寄；以回执上注明的收件日期为送达日期。写明是谁签收的：物业、门卫、同事替个人签收的，不算送到。有回执扫描件的请一并上传。",
    ),
    Method.LEFT: Way(
        "留置送达",
        "民诉法 第八十九条",
        ("refused_by", "refusal", "left_at", "servers"),
        True,
        "只有应当签收的人当面拒收时才能用。请基层组织或者所在单位的人到场见证，由两名送达人和见证人在送达回证上签名，写明拒收事由和日期；"
        "没有见证人的，把文书留在住所并拍照。家里没有人、联系不上的，不是拒收，不能留置。",
    ),
    Method.ENTRUSTED: Way(
        "委托送达",
        "民诉法 第九十一条",
        ("organ", "received_by", "relation"),
        True,
        "直接送达有困难时，委托其他机关送达；受托机关的送达回证扫描后上传。",
    ),
    Method.RELAYED: Way(
        "转交送达",
        "民诉法 第九十二条、第九十三条、第九十四条",
        ("organ", "received_by"),
        True,
        "受送达人是军人、被监禁或者被采取强制性教育措施的，经所在单位转交；以本人签收日期为送达日期。",
    ),
    Method.PUBLIC_NOTICE: Way(
        "公告送达",
        "民诉法 第九十五条",
        ("reason",),
        False,
        "只有下落不明，或者其他方式都无法送达的，才能公告。自公告发出之日起满30日视为送达。",
    ),
}
BY_HAND = (Method.IN_PERSON, Method.LEFT, Method.ENTRUSTED, Method.RELAYED, Method.POST)
"""Methods whose outcome a clerk records."""
TRIED_BEFORE_NOTICE = frozenset({Method.IN_PERSON, Method.POST})
"""What must have failed before a public notice, unless the person's whereabouts are unknown."""

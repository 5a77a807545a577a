"""Papers of delivery: the record to be signed, the post list with its labels, and the public notice."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from gongjian.papers.forms.base import Filled, IssuedPaper, Paper


@dataclass(frozen=True, kw_only=True)
class DeliveryRecord(IssuedPaper):
    """The sheet the recipient signs; what is not yet known stays an empty line to be filled in by hand.

    Law: 令55 art. 17; 民事诉讼法 art. 87 to 92 by analogy.
    """

    kind: ClassVar[str] = "delivery_record"
    case_number: Annotated[str, "案件编号"]
    document_title: Annotated[str, "送达文书名称"]
    document_number: Annotated[str, "送达文书编号"]
    recipient: Annotated[str, "受送达人"]
    address: Annotated[str, "送达地址"]
    method: Annotated[str, "送达方式"]
    servers: Annotated[tuple[str, ...], "送达人"]


@dataclass(frozen=True, kw_only=True)
class MailItem(Filled):
    """One envelope. contents: titles and numbers of the papers in it, nothing about what they say."""

    recipient: Annotated[str, "收件人"]
    address: Annotated[str, "收件地址"]
    telephone: Annotated[str | None, "收件人电话"] = None
    contents: Annotated[str, "内件"]
    tracking_number: Annotated[str | None, "邮件号码"] = None


@dataclass(frozen=True, kw_only=True)
class MailingList(IssuedPaper):
    """What is handed to the post in one batch. Law: 令55 art. 17."""

    kind: ClassVar[str] = "mailing_list"
    carrier: Annotated[str, "承运单位"]
    posted_on: Annotated[date, "交寄日期"]
    handler: Annotated[str, "交寄人"]
    items: Annotated[tuple[MailItem, ...], "邮件"]


@dataclass(frozen=True, kw_only=True)
class AddressLabel(Filled):
    """One label. reference: number of the batch and line, to find the envelope again; no case data."""

    recipient: Annotated[str, "收件人"]
    address: Annotated[str, "收件地址"]
    postcode: Annotated[str | None, "邮政编码"] = None
    telephone: Annotated[str | None, "收件人电话"] = None
    reference: Annotated[str, "邮件序号"]


@dataclass(frozen=True, kw_only=True)
class AddressLabels(Paper):
    """A4 sheets of 2 by 7 labels (99 by 38 mm). No number, no seal: a printing aid. Law: 令55 art. 17."""

    kind: ClassVar[str] = "address_labels"
    sender: Annotated[str, "寄件机关"]
    sender_address: Annotated[str, "寄件地址"]
    sender_telephone: Annotated[str, "寄件电话"]
    labels: Annotated[tuple[AddressLabel, ...], "地址签"]


@dataclass(frozen=True, kw_only=True)
class PublicNotice(IssuedPaper):
    """Law: 民事诉讼法 art. 95: the name of the recipient and of the paper, where to collect it; nothing of its content."""

    kind: ClassVar[str] = "public_notice"
    recipient: Annotated[str, "受送达人"]
    document_title: Annotated[str, "送达文书名称"]
    document_number: Annotated[str, "送达文书编号"]
    collect_at: Annotated[str, "领取地点"]
    notice_days: Annotated[int, "公告期"]
    remedy: Annotated[str | None, "救济途径"] = None

"""Codes of people and bodies: identity numbers, other papers, unified social credit codes, mobile telephones.

No refusal repeats the number it refuses.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from gongjian.law.codes.regions import all_regions
from gongjian.law.errors import DocumentNumberWrong, IdNumberWrong, MobileWrong

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
INVENTED = "99"
"""The province of the demo city."""
RESIDENCE_PERMITS = {"81": "港澳居民居住证", "82": "港澳居民居住证", "83": "台湾居民居住证"}


class Sex(StrEnum):
    """What digit 17 of an identity number says."""

    MALE = "male"
    FEMALE = "female"

    @property
    def label(self) -> str:
        return "男" if self is Sex.MALE else "女"


class IdType(StrEnum):
    """The kinds of papers by which a person is known here."""

    RESIDENT_ID = "resident_id"
    RESIDENCE_PERMIT = "residence_permit"
    FOREIGN_PERMANENT = "foreign_permanent"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _TITLES[self]


_TITLES = {
    IdType.RESIDENT_ID: "居民身份证",
    IdType.RESIDENCE_PERMIT: "港澳台居民居住证",
    IdType.FOREIGN_PERMANENT: "外国人永久居留身份证",
    IdType.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    IdType.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdType.PASSPORT: "护照",
    IdType.OTHER: "其他证件",
}
_SHAPES = {
    IdType.FOREIGN_PERMANENT: (r"[A-Z]{3}\d{12}|9\d{16}[0-9X]", "应为3个字母加12位数字，或以9开头的18位号码。"),
    IdType.HK_MACAO_PERMIT: (r"[HM]\d{8}(\d{2})?", "应为字母H或M加8位或10位数字。"),
    IdType.TAIWAN_PERMIT: (r"\d{8}(\d{2})?", "应为8位或10位数字。"),
    IdType.PASSPORT: (r"[A-Z0-9]{5,20}", "应为5至20位字母和数字。"),
    IdType.OTHER: (r"[^\s]{3,40}", "应为3至40个字符，中间不含空格。"),
}


@dataclass(frozen=True)
class IdNumber:
    """An identity number that passed every check, in capitals. `region`: its first six digits, advice only."""

    text: str
    born: date
    sex: Sex
    region: str

    @property
    def is_residence_permit(self) -> bool:
        """Is it the number of a residence permit of a person from Hong Kong, Macao or Taiwan?"""
        return self.text[:2] in RESIDENCE_PERMITS


def check_id_number(text: str, *, on: date | None = None) -> IdNumber:
    """Check an 18-digit identity number. `on`: the day of the check; a birth after it is refused.

    Spaces around and within, full-width digits and a small x are accepted.
    Law: GB11643 (structure; check digit by ISO 7064 MOD 11-2); 令765 art. 6 (also the social security number).
    Raises: IdNumberWrong.
    """
    number = _plain(text)
    if re.fullmatch(r"[0-9]{15}", number):
        raise IdNumberWrong(reason="15位的旧号码已停止使用，应填写18位号码。")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise IdNumberWrong(reason="应为18位，前17位是数字，最后一位是数字或字母X。")
    if id_check_digit(number[:17]) != number[17]:
        raise IdNumberWrong(reason="校验位不符，可能有数字写错或颠倒。")
    born = _birth_day(number[6:14])
    if born is None or (on is not None and born > on):
        raise IdNumberWrong(reason="其中的出生日期不存在或晚于今天。")
    return IdNumber(number, born, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE, number[:6])


def id_check_digit(first17: str) -> str:
    """The 18th place of an identity number from its first 17 digits.

    Law: GB11643.
    """
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECKS[total % 11]


@cache
def first_two_digits() -> frozenset[str]:
    """With what an identity number may begin: the provinces, and what residence permits have beside them. Law: GB11643; GB/T 2260."""
    real = {one.code[:2] for one in all_regions() if not one.code.startswith(INVENTED)}
    return frozenset(real | set(RESIDENCE_PERMITS))


def id_number_warnings(number: IdNumber) -> list[str]:
    """What a clerk may look at again; never a reason to refuse: region codes are retired and re-drawn."""
    if number.text[:2] in first_two_digits():
        return []
    return ["证件号码前两位不是现行的省级行政区划代码，请对照原件核对；核对无误可以继续办理。"]


def check_document(id_type: IdType, text: str, *, on: date | None = None) -> str:
    """Check a number by the kind of paper, strictly for identity numbers and loosely for the others; gives it without spaces.

    Raises: IdNumberWrong, DocumentNumberWrong.
    """
    if id_type in (IdType.RESIDENT_ID, IdType.RESIDENCE_PERMIT):
        return _check_card(id_type, check_id_number(text, on=on))
    number = _plain(text)
    shape, meaning = _SHAPES[id_type]
    if not re.fullmatch(shape, number, re.ASCII):
        raise DocumentNumberWrong(title=id_type.label, reason=meaning)
    return number


def check_mobile(text: str) -> str:
    """A mobile telephone number of the mainland as its 11 digits, without +86, spaces or dashes. Raises: MobileWrong."""
    number = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", re.sub(r"[-()]", "", _plain(text)))
    if not re.fullmatch(r"1[3-9]\d{9}", number, re.ASCII):
        raise MobileWrong()
    return number


def normalise_credit_code(text: str) -> str:
    """A unified social credit code in capitals, without spaces and dashes; not checked."""
    return _plain(text).replace("-", "")


def credit_code_warnings(text: str) -> list[str]:
    """What is odd about a unified social credit code; nothing odd, an empty list. Warns, never refuses: real ones are known that fail.

    Law: GB32100 (structure, check character modulo 31).
    """
    code = normalise_credit_code(text)
    if len(code) != 18:
        return ["统一社会信用代码应为18位，请对照营业执照核对；核对无误可以继续办理。"]
    if not set(code) <= set(CREDIT_SIGNS):
        return ["统一社会信用代码只用数字和大写字母，且不用I、O、S、V、Z，请对照营业执照核对；核对无误可以继续办理。"]
    if credit_check_sign(code[:17]) != code[17]:
        return ["统一社会信用代码的校验位不符，请对照营业执照核对；核对无误可以继续办理。"]
    return []


def credit_check_sign(first17: str) -> str:
    """The 18th place of a unified social credit code from its first 17 signs, all of them among CREDIT_SIGNS.

    Law: GB32100.
    """
    total = sum(CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first17))
    return CREDIT_SIGNS[-total % 31]


def organisation_code_warnings(text: str) -> list[str]:
    """What is odd about an organisation code of nine places; nothing odd, an empty list. Warns, never refuses.

    Law: GB11714 (structure, check character modulo 11; not compared with the text).
    """
    code = normalise_credit_code(text)
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code, re.ASCII):
        return ["组织机构代码应为9位：8位数字或者大写字母，加1位校验位，请对照证件核对；核对无误可以继续办理。"]
    if organisation_check_sign(code[:8]) != code[8]:
        return ["组织机构代码的校验位不符，请对照证件核对；核对无误可以继续办理。"]
    return []


def organisation_check_sign(first8: str) -> str:
    """The ninth place of an organisation code from its first eight signs; a letter counts 10 (A) to 35 (Z).

    Law: GB11714 (not compared with the text).
    """
    total = sum(int(sign, 36) * weight for sign, weight in zip(first8, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _check_card(id_type: IdType, number: IdNumber) -> str:
    if number.is_residence_permit != (id_type is IdType.RESIDENCE_PERMIT):
        raise IdNumberWrong(reason=f"这个号码不属于所选的证件类型（{id_type.label}）。")
    return number.text


def _plain(text: str) -> str:
    folded = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)
    return re.sub(r"\s", "", folded).upper()


def _birth_day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None

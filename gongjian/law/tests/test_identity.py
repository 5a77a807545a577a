"""Codes of people and bodies."""

from datetime import date

import pytest
from stdnum.cn import ric, uscc

from gongjian.law.errors import DocumentNumberWrong, IdNumberWrong, MobileWrong, RuleError
from gongjian.law.identity import (
    IdType,
    Sex,
    check_document,
    check_id_number,
    check_mobile,
    credit_check_sign,
    credit_code_warnings,
    id_check_digit,
    id_number_warnings,
    normalise_credit_code,
    organisation_check_sign,
    organisation_code_warnings,
)

TODAY = date(2026, 11, 22)
OF_LIN = "99010119800229001"


def complete(first17: str) -> str:
    return first17 + id_check_digit(first17)


@pytest.mark.parametrize(
    ("text", "born", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("440524188001010014", date(1880, 1, 1), Sex.MALE),
        (complete(OF_LIN), date(1980, 2, 29), Sex.MALE),
        (complete("99010119900101002"), date(1990, 1, 1), Sex.FEMALE),
        (complete("81000019900101001"), date(1990, 1, 1), Sex.MALE),
        (complete("82000019900101002"), date(1990, 1, 1), Sex.FEMALE),
        (complete("83000019900101001"), date(1990, 1, 1), Sex.MALE),
    ],
)
def test_a_right_number_tells_the_day_of_birth_and_the_sex(text: str, born: date, sex: Sex) -> None:
    found = check_id_number(text)
    assert (found.text, found.born, found.sex, found.region) == (text, born, sex, text[:6])


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 11010519491231002X ",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
        "110105\t19491231\u3000002X\n",
    ],
)
def test_the_way_of_writing_does_not_matter(written: str) -> None:
    assert check_id_number(written).text == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "应为18位"),
        ("1101051949123100", "应为18位"),
        ("1101051949123100211", "应为18位"),
        ("X1010519491231002X", "应为18位"),
        ("1101051949123100XX", "应为18位"),
        ("11010519491231002Y", "应为18位"),
        ("一一010519491231002X", "应为18位"),
        ("①1010519491231002X", "应为18位"),
        ("٠1010519491231002X", "应为18位"),
        ("110105491231002", "15位的旧号码"),
        ("110105194912310021", "校验位不符"),
        ("110105194912310020", "校验位不符"),
        ("11010519491231020X", "校验位不符"),
        ("11010591491231002X", "校验位不符"),
        (complete("11010519490229002"), "出生日期"),
        (complete("11010519491331002"), "出生日期"),
        (complete("11010519490001002"), "出生日期"),
        (complete("11010519490100002"), "出生日期"),
        (complete("11010519490431002"), "出生日期"),
        (complete("11010500001231002"), "出生日期"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(IdNumberWrong) as refused:
        check_id_number(text)
    assert reason in str(refused.value)


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_anywhere_is_found(place: int) -> None:
    right = complete("11010519491231002")
    wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
    with pytest.raises(IdNumberWrong):
        check_id_number(wrong)


@pytest.mark.parametrize(
    "place", [place for place in range(16) if "11010519491231002X"[place] != "11010519491231002X"[place + 1]]
)
def test_two_digits_exchanged_are_found(place: int) -> None:
    right = "11010519491231002X"
    with pytest.raises(IdNumberWrong):
        check_id_number(right[:place] + right[place + 1] + right[place] + right[place + 2 :])


@pytest.mark.parametrize(
    ("born", "accepted"), [("20261121", True), ("20261122", True), ("20261123", False), ("20990101", False)]
)
def test_nobody_is_born_after_the_day_of_the_check(born: str, accepted: bool) -> None:
    number = complete(f"990101{born}001")
    if accepted:
        assert check_id_number(number, on=TODAY).text == number
    else:
        with pytest.raises(IdNumberWrong, match="晚于今天"):
            check_id_number(number, on=TODAY)


def test_without_a_day_a_later_birth_is_not_asked_about() -> None:
    assert check_id_number(complete("99010120990101001")).born == date(2099, 1, 1)


@pytest.mark.parametrize(
    "first17", ["11010519491231002", "44052418800101001", "37010219900307651", "65010119771111888"]
)
def test_the_check_digit_agrees_with_the_package_stdnum(first17: str) -> None:
    assert id_check_digit(first17) == ric.calc_check_digit(complete(first17))


def test_all_eleven_check_digits_occur() -> None:
    assert {id_check_digit(f"99010119900101{serial:03}") for serial in range(100)} == set("0123456789X")


@pytest.mark.parametrize(
    ("text", "warned"),
    [("11010519491231002X", False), (complete("81000019900101001"), False), (complete(OF_LIN), True)],
)
def test_an_unknown_region_is_advice_and_no_refusal(text: str, warned: bool) -> None:
    assert bool(id_number_warnings(check_id_number(text))) is warned


@pytest.mark.parametrize(
    ("first17", "permit"),
    [("81000019900101001", True), ("82000019900101001", True), ("83000019900101001", True), (OF_LIN, False)],
)
def test_a_residence_permit_is_known_by_its_first_two_digits(first17: str, permit: bool) -> None:
    assert check_id_number(complete(first17)).is_residence_permit is permit


@pytest.mark.parametrize("sex", [(Sex.MALE, "男"), (Sex.FEMALE, "女")])
def test_the_sex_has_a_chinese_label(sex: tuple[Sex, str]) -> None:
    assert sex[0].label == sex[1]


@pytest.mark.parametrize(
    ("id_type", "written", "kept"),
    [
        (IdType.RESIDENT_ID, "11010519491231002x", "11010519491231002X"),
        (IdType.RESIDENCE_PERMIT, complete("81000019900101001"), complete("81000019900101001")),
        (IdType.FOREIGN_PERMANENT, "chn110000000001", "CHN110000000001"),
        (IdType.FOREIGN_PERMANENT, "91112419800101001X", "91112419800101001X"),
        (IdType.HK_MACAO_PERMIT, "h12345678", "H12345678"),
        (IdType.HK_MACAO_PERMIT, "M1234567801", "M1234567801"),
        (IdType.TAIWAN_PERMIT, "12345678", "12345678"),
        (IdType.TAIWAN_PERMIT, "1234567801", "1234567801"),
        (IdType.PASSPORT, " e 12345678 ", "E12345678"),
        (IdType.PASSPORT, "G0000000", "G0000000"),
        (IdType.OTHER, "军字第0000001号", "军字第0000001号"),
    ],
)
def test_each_kind_of_paper_has_its_form(id_type: IdType, written: str, kept: str) -> None:
    assert check_document(id_type, written, on=TODAY) == kept


@pytest.mark.parametrize(
    ("id_type", "text"),
    [
        (IdType.FOREIGN_PERMANENT, "CHN11000000000"),
        (IdType.FOREIGN_PERMANENT, "11010519491231002X"),
        (IdType.HK_MACAO_PERMIT, "12345678"),
        (IdType.HK_MACAO_PERMIT, "H123456789"),
        (IdType.TAIWAN_PERMIT, "1234567"),
        (IdType.TAIWAN_PERMIT, "123456789"),
        (IdType.PASSPORT, "E123"),
        (IdType.PASSPORT, "E12345678*"),
        (IdType.PASSPORT, "护照12345678"),
        (IdType.OTHER, "甲"),
        (IdType.OTHER, ""),
    ],
)
def test_a_paper_of_another_form_is_refused_by_its_name(id_type: IdType, text: str) -> None:
    with pytest.raises(DocumentNumberWrong) as refused:
        check_document(id_type, text)
    assert str(refused.value).startswith(f"{id_type.label}号码不正确")


@pytest.mark.parametrize(
    ("id_type", "first17"), [(IdType.RESIDENT_ID, "81000019900101001"), (IdType.RESIDENCE_PERMIT, OF_LIN)]
)
def test_a_number_of_the_other_card_is_refused(id_type: IdType, first17: str) -> None:
    with pytest.raises(IdNumberWrong, match="不属于所选的证件类型"):
        check_document(id_type, complete(first17))


def test_every_kind_of_paper_has_a_label() -> None:
    assert all(kind.label for kind in IdType)


@pytest.mark.parametrize(
    "written",
    [
        "19900000001",
        "199 0000 0001",
        "199-0000-0001",
        "+8619900000001",
        "+86 199 0000 0001",
        "8619900000001",
        "008619900000001",
        "(+86)19900000001",
        "１９９０００００００１",
    ],
)
def test_a_mobile_number_is_kept_as_eleven_digits(written: str) -> None:
    assert len(check_mobile(written)) == 11
    assert check_mobile(written).startswith("1990000000")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1990000000",
        "199000000011",
        "12900000001",
        "29900000001",
        "0531-88888888",
        "+85291234567",
        "1990000000a",
        "+1 9900000001",
    ],
)
def test_another_number_is_refused(text: str) -> None:
    with pytest.raises(MobileWrong):
        check_mobile(text)


@pytest.mark.parametrize(
    ("call", "number"),
    [
        (check_id_number, "110105194912310021"),
        (check_mobile, "12900000001"),
        (lambda text: check_document(IdType.PASSPORT, text), "E12345678*"),
    ],
)
def test_no_refusal_repeats_the_number(call: object, number: str) -> None:
    with pytest.raises(RuleError) as refused:
        call(number)  # type: ignore[operator]
    assert number not in str(refused.value)
    assert number not in str(refused.value.facts)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000101623741K", "911101066976941872"])
def test_nothing_is_odd_about_a_right_credit_code(code: str) -> None:
    assert credit_code_warnings(code) == []
    assert uscc.is_valid(code)


@pytest.mark.parametrize("code", ["91310115MA1H8R7C6D", "91350211M0000XUF46", "91350100M000100Y44"])
def test_a_credit_code_that_fails_its_check_is_warned_about(code: str) -> None:
    [warning] = credit_code_warnings(code)
    assert "校验位不符" in warning
    assert not uscc.is_valid(code)


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("", "应为18位"),
        ("91350100M000100Y4", "应为18位"),
        ("91350100M000100Y433", "应为18位"),
        ("91350100M000100I43", "不用I、O、S、V、Z"),
        ("91350100M000100O43", "不用I、O、S、V、Z"),
        ("91350100M000100Y4*", "不用I、O、S、V、Z"),
        ("云溪恒信机械有限公司的信用代码十八位数", "应为18位"),
    ],
)
def test_a_credit_code_of_another_form_is_warned_about(code: str, part: str) -> None:
    [warning] = credit_code_warnings(code)
    assert part in warning
    assert warning.endswith("核对无误可以继续办理。")


@pytest.mark.parametrize(
    "written", ["91350100m000100y43", " 91350100 M000100Y43 ", "91350100-M000100Y-43", "９１350100M000100Y43"]
)
def test_the_way_of_writing_a_credit_code_does_not_matter(written: str) -> None:
    assert normalise_credit_code(written) == "91350100M000100Y43"
    assert credit_code_warnings(written) == []


@pytest.mark.parametrize("first17", ["N2350100M000100Y4", "A1110000101623741", "Y1350100M000100Y4"])
def test_a_credit_code_may_begin_with_a_letter(first17: str) -> None:
    assert credit_code_warnings(first17 + credit_check_sign(first17)) == []


@pytest.mark.parametrize("code", ["101623741", "M000100Y4", " 10162374-1 ", "m000100y4"])
def test_an_organisation_code_that_holds_has_nothing_odd(code: str) -> None:
    assert organisation_code_warnings(code) == []


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("101623742", "校验位不符"),
        ("101623714", "校验位不符"),
        ("M000100Y5", "校验位不符"),
        ("10162374", "应为9位"),
        ("1016237411", "应为9位"),
        ("10162374Y", "应为9位"),
        ("", "应为9位"),
    ],
)
def test_what_is_odd_about_an_organisation_code_is_a_warning_and_no_refusal(code: str, part: str) -> None:
    [warning] = organisation_code_warnings(code)
    assert part in warning
    assert warning.endswith("可以继续办理。")


@pytest.mark.parametrize("place", range(8))
def test_one_wrong_sign_of_an_organisation_code_is_seen(place: int) -> None:
    code = "101623741"
    wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
    assert organisation_code_warnings(wrong) != []


@pytest.mark.parametrize(
    ("first8", "sign"), [("10162374", "1"), ("M000100Y", "4"), ("00000000", "0"), ("40000000", "X")]
)
def test_the_ninth_place_follows_from_the_first_eight(first8: str, sign: str) -> None:
    assert organisation_check_sign(first8) == sign


@pytest.mark.parametrize("credit_code", ["91350100M000100Y43", "91110000101623741K"])
def test_a_credit_code_holds_an_organisation_code_in_its_places_nine_to_seventeen(credit_code: str) -> None:
    assert organisation_code_warnings(credit_code[8:17]) == []

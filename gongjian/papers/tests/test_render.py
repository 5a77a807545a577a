"""Rendering: PDF/A with embedded fonts, the same bytes again, refusal instead of a wrong sign, nothing from outside."""

import io
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from gongjian.papers.errors import GlyphMissing, TemplateBroken
from gongjian.papers.forms.base import Paper
from gongjian.papers.forms.conclusion import ConclusionPaper
from gongjian.papers.forms.intake import ReceivedFile
from gongjian.papers.render import TEMPLATES, Renderer, renderer
from gongjian.papers.tests.builders import (
    AT,
    OFFICE,
    a_clause,
    a_conclusion,
    a_dossier_index,
    a_mailing_list,
    a_receipt,
    address_labels,
    an_appearance_notice,
    an_imprint,
    an_injury,
    every_paper,
)
from gongjian.papers.tests.reading import about, made, pages, picture, root, said, told_by, words

PAPERS = every_paper()
EACH = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
DEBIAN_FONTS = Path("/usr/share/fonts/opentype/noto")
LONG_NAME = "云岭省云溪市高新技术产业开发区恒信联合精密机械制造与自动化装备工程技术股份有限公司第二分公司"


@EACH
def test_every_paper_is_pdf_a_2b(paper: Paper) -> None:
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in made(paper)


@EACH
def test_every_font_of_every_paper_is_embedded(paper: Paper, tmp_path: Path) -> None:
    rows = told_by("pdffonts", made(paper), tmp_path).splitlines()[2:]
    assert rows
    assert all("NotoSerifSC" in row and row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)


@EACH
def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert renderer().render(paper, at=AT) == made(paper)


@EACH
def test_every_page_is_a4(paper: Paper) -> None:
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in _read(paper).pages}
    assert sizes == {(595, 842)}


@EACH
def test_no_paper_runs_a_program_or_carries_a_file(paper: Paper) -> None:
    assert not any(word in made(paper) for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/URI"))


def test_another_process_would_give_the_same_bytes_too() -> None:
    assert Renderer().render(a_conclusion(), at=AT) == made(a_conclusion())


def test_another_moment_gives_other_bytes() -> None:
    assert renderer().render(a_conclusion(), at=AT + timedelta(seconds=1)) != made(a_conclusion())


def test_the_moment_of_making_is_the_one_handed_in() -> None:
    assert about(made(a_conclusion())).creation_date == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)


def test_title_and_author_name_the_paper_and_the_office_and_no_person() -> None:
    told = about(made(a_conclusion()))
    assert told.title == "劳动能力鉴定（初次）结论书 云溪劳鉴初〔2026〕17号"
    assert told.author == OFFICE


def test_the_language_is_told_to_screen_readers() -> None:
    catalogue = root(made(a_conclusion()))
    assert catalogue["/Lang"].lower() == "zh-cn"
    assert catalogue["/MarkInfo"]["/Marked"]


def test_a_character_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(GlyphMissing) as refused:
        renderer().render(_of("林𠮷远"), at=AT)
    assert refused.value.facts == {"characters": "𠮷（U+20BB7）"}


def test_the_refusal_tells_what_to_do_and_nothing_else_of_the_paper() -> None:
    with pytest.raises(GlyphMissing) as refused:
        renderer().render(_of("林𠮷远"), at=AT)
    assert "请联系管理员加装含有这些字的字库" in str(refused.value)
    assert not any(part in str(refused.value) for part in ("林", "远", "云溪", "示指"))
    assert refused.value.__cause__ is None


def test_all_missing_characters_are_named_at_once_and_each_only_once() -> None:
    with pytest.raises(GlyphMissing) as refused:
        renderer().render(_of("𠮷𠀀𠮷"), at=AT)
    assert refused.value.facts["characters"] == "𠀀（U+20000）、𠮷（U+20BB7）"


def test_a_control_character_is_named_by_its_number() -> None:
    with pytest.raises(GlyphMissing) as refused:
        renderer().render(_of("林\x07远"), at=AT)
    assert refused.value.facts["characters"] == "□（U+0007）"


@pytest.mark.parametrize("name", ["㛃", "䶮", "𬭎", "𫖯", "喆", "堃", "玥", "买买提·依明", "Ödön O’Neil"])
def test_rare_characters_of_names_are_printed(name: str) -> None:
    assert f"被鉴定人{''.join(name.split())}的伤残等级" in said(_of(name))


@pytest.mark.parametrize("sign", ["😀", "𠮷", "\x07", "ʼ", "한", "ไ"])
def test_l01_no_character_stops_the_receipt_of_an_application(sign: str) -> None:
    receipt = a_receipt(appraisee=f"林{sign}远")
    assert "林□远" in words(renderer().render(receipt, at=AT))


def test_what_the_font_has_stands_in_such_a_receipt_as_it_was_written() -> None:
    receipt = a_receipt(files=(ReceivedFile(name="伤口照片😀.jpg", pages=1, sha256="a1" * 32),))
    assert "伤口照片□.jpg" in words(renderer().render(receipt, at=AT))


def test_after_a_refusal_the_next_paper_is_made_as_ever() -> None:
    with pytest.raises(GlyphMissing):
        renderer().render(_of("𠮷"), at=AT)
    assert renderer().render(a_conclusion(), at=AT) == made(a_conclusion())


@pytest.mark.skipif(not DEBIAN_FONTS.exists(), reason="Debian's fonts-noto-cjk is not installed")
def test_a_folder_named_by_the_operator_supplies_the_missing_character() -> None:
    assert "林𠮷远" in words(renderer(DEBIAN_FONTS).render(_of("林𠮷远"), at=AT))


def test_a_further_folder_without_fonts_does_no_harm(tmp_path: Path) -> None:
    assert Renderer(fallback_fonts=[tmp_path]).render(a_conclusion(), at=AT) == made(a_conclusion())


def test_one_process_keeps_one_renderer() -> None:
    assert renderer() is renderer()


def test_many_threads_share_the_renderer() -> None:
    with ThreadPoolExecutor(4) as pool:
        results = set(pool.map(lambda _: renderer().render(a_conclusion(), at=AT), range(8)))
    assert results == {made(a_conclusion())}


@pytest.mark.parametrize(
    "line",
    ['#read("/../../../etc/hostname")', '#image("/etc/hostname")', '#import "@preview/nothing:1.0.0": *', "#nonsense"],
)
def test_a_template_that_reaches_outside_or_is_broken_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(TemplateBroken, match=r"conclusion\.typ") as refused:
        _with_template(tmp_path, line).render(a_conclusion(), at=AT)
    assert "林知远" not in str(refused.value)


def test_an_office_may_word_its_papers_in_its_own_folder(tmp_path: Path) -> None:
    own = _with_template(tmp_path, "#show: issued\n另一种写法：#paper.appraisee.name;。")
    assert "另一种写法：林知远。" in words(own.render(a_conclusion(), at=AT))


def test_our_own_templates_import_nothing_from_the_network() -> None:
    assert not [path.name for path in TEMPLATES.glob("*.typ") if "@preview" in path.read_text()]


def test_text_is_text_and_never_markup() -> None:
    assert '被鉴定人#read("a")*$_\\@<b>的伤残等级' in said(_of('#read("a") *$_\\@<b>'))


def test_a_short_conclusion_fits_on_one_sheet() -> None:
    assert len(pages(made(a_conclusion()))) == 2


def test_a_long_conclusion_flows_on_with_number_and_page_on_each_page() -> None:
    told = pages(made(_long_conclusion()))
    assert len(told) > 2
    assert all(f"云溪劳鉴初〔2026〕17号第{page}页共{len(told)}页" in text for page, text in enumerate(told, 1))


def test_nothing_of_a_long_conclusion_is_lost() -> None:
    told = said(_long_conclusion())
    assert all(f"{turn}.第5.9.2({turn})条" in told for turn in range(1, 25))
    assert told.count(LONG_NAME) == 2
    assert "五、权益告知" in told


def test_the_heads_of_a_table_are_repeated_on_the_next_page() -> None:
    told = pages(made(_long_conclusion()))
    assert "伤残部位器官功能障碍情况医疗诊断情况" in told[0]
    assert told[1].startswith("序号伤残部位器官功能障碍情况医疗诊断情况")


def test_no_page_holds_the_seal_alone() -> None:
    last = [pages(made(paper))[-1] for paper in (*PAPERS.values(), _long_conclusion(), a_mailing_list(40))]
    assert not [text for text in last if text.startswith(OFFICE + "2026年3月5日")]


def test_a_long_office_name_stays_on_one_line() -> None:
    office = "云岭省云溪土家族苗族自治州劳动能力鉴定委员会办公室"
    lines = PdfReader(io.BytesIO(made(a_conclusion(imprint=an_imprint(office=office))))).pages[0].extract_text()
    assert office in lines.splitlines()[0].replace(" ", "")


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (14, 1), (15, 2), (28, 2), (29, 3)])
def test_fourteen_labels_go_on_a_sheet(count: int, sheets: int) -> None:
    assert len(pages(made(address_labels(count)))) == sheets


def test_a_long_post_list_keeps_all_its_lines() -> None:
    told = said(a_mailing_list(60))
    assert told.count("林知远云溪市西溪县青石巷12号") == 30
    assert "邮件数量60件" in told


def test_a_thick_file_keeps_all_its_lines() -> None:
    assert "本目录共列文件80件" in said(a_dossier_index(80))


def test_the_head_is_red_and_the_text_is_black() -> None:
    top = picture(made(an_appearance_notice()), scale=2.0)
    width, height = top.size
    head = top.crop((0, int(height * 0.07), width, int(height * 0.14)))
    assert 70 < min(head.tobytes()) < 110, "the grey of the red head"
    assert min(top.crop((0, int(height * 0.2), width, int(height * 0.6))).tobytes()) < 20


def _read(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(made(paper)))


def _of(name: str) -> ConclusionPaper:
    return a_conclusion(appraisee=replace(a_conclusion().appraisee, name=name))


def _long_conclusion() -> ConclusionPaper:
    usual = a_conclusion()
    diagnosis = "右手示指中指环指毁损伤清创术后，皮瓣移植术后，近侧指间关节僵硬，正中神经部分损伤" * 2
    clauses = tuple(a_clause(number=f"5.9.2({turn})", text="一手示指两节缺失" * 4) for turn in range(1, 25))
    return a_conclusion(
        employer=replace(usual.employer, name=LONG_NAME, address=LONG_NAME),
        injuries=tuple(an_injury(diagnosis=diagnosis) for _ in range(8)),
        basis=replace(usual.basis, clauses=clauses, promotion="符合两项以上同一等级条款，最终等级晋升一级。"),
    )


def _with_template(folder: Path, text: str) -> Renderer:
    shutil.copytree(TEMPLATES, folder, dirs_exist_ok=True)
    (folder / "conclusion.typ").write_text(f'#import "letterhead.typ": *\n{text}\n')
    return Renderer(templates=folder)

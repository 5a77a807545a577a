"""What the examination form sends, and what its buttons do."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from gongjian.grading.errors import ClauseUnknown
from gongjian.opinions.content import MOST_FINDINGS, Content, Finding
from gongjian.opinions.tests.builders import a_finding, an_opinion_of
from gongjian.workbench.errors import TooManyFindings
from gongjian.workbench.forms import Press, content_from, press_of, pressed, version_in
from gongjian.workbench.tests.builders import form_of


def sent(**fields: object) -> QueryDict:
    """A submission as the browser makes it."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)])
    return data


@pytest.mark.parametrize(
    "content",
    [
        an_opinion_of(9),
        an_opinion_of(None),
        an_opinion_of(4, selfcare=["eating", "moving"]),
        Content(findings=(a_finding(), a_finding(injury="右手", part="132", side="right", clause="", says_none=True))),
        Content(findings=(a_finding(outside_reason="同一事故"),), reason="理由", explanation="说明"),
        Content(),
    ],
)
def test_an_opinion_comes_back_from_its_own_form(content):
    assert content_from(sent(**form_of(content, version=3))) == content


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, Content()),
        ({"findings": "abc"}, Content()),
        ({"findings": "-1"}, Content()),
        ({"findings": "1", "injury-7": "左手"}, Content()),
        ({"grade": "0"}, Content()),
        ({"grade": "11"}, Content()),
        ({"grade": "9.5"}, Content()),
        ({"grade": "none"}, Content(is_decided=True)),
        ({"grade": "10"}, Content(is_decided=True, grade=10)),
        ({"selfcare": ["eating", "flying"]}, Content(selfcare=("eating",))),
        ({"selfcare_none": "1"}, Content(selfcare_none=True)),
        ({"selfcare_none": "1", "selfcare": ["moving"]}, Content(selfcare=("moving",))),
        ({"part-0": "144", "side-0": "left"}, Content(findings=(Finding(part="144", side="left"),))),
        ({"part-0": "144", "side-0": "up"}, Content(findings=(Finding(part="144"),))),
        ({"part-0": "040", "side-0": "left"}, Content(findings=(Finding(part="040"),))),
        ({"part-0": "xxx", "side-0": "left"}, Content()),
        ({"clause-0": "5.9.2(23)"}, Content(findings=(Finding(clause="5.9.2(23)"),))),
        ({"clause-0": "5.9.1"}, Content(findings=(Finding(clause="5.9.1"),))),
        ({"clause-0": "5.99.2(1)"}, Content()),
        ({"says_none-0": "1"}, Content(findings=(Finding(says_none=True),))),
    ],
)
def test_what_cannot_be_is_left_empty(fields, expected):
    assert content_from(sent(**fields)) == expected


def test_no_form_brings_more_than_thirty_findings():
    assert len(content_from(sent(findings="999")).findings) == MOST_FINDINGS


@pytest.mark.parametrize(
    ("told", "press"),
    [
        ("", Press("save")),
        ("save", Press("save")),
        ("add", Press("add")),
        ("sign", Press("sign")),
        ("mine", Press("mine")),
        ("remove:2", Press("remove", 2)),
        ("pick:1", Press("pick", 1)),
        ("choose:1:5.9.2(23)", Press("choose", 1, "5.9.2(23)")),
        ("unchoose:0", Press("unchoose")),
        ("delete:0", Press("save")),
        ("remove:x", Press("remove")),
    ],
)
def test_a_button_is_read(told, press):
    assert press_of(sent(do=told)) == press


ONE, TWO = a_finding(injury="甲"), a_finding(injury="乙", says_none=True, clause="")


@pytest.mark.parametrize(
    ("press", "findings"),
    [
        (Press("save"), (ONE, TWO)),
        (Press("add"), (ONE, TWO, Finding())),
        (Press("remove", 0), (TWO,)),
        (Press("remove", 1), (ONE,)),
        (Press("remove", 9), (ONE, TWO)),
        (Press("pick", 0), (ONE, TWO)),
        (Press("choose", 1, "5.10.2(12)"), (ONE, replace(TWO, clause="5.10.2(12)", says_none=False))),
        (Press("choose", 0, "5.9.1"), (replace(ONE, clause="5.9.1"), TWO)),
        (Press("choose", 9, "5.9.1"), (ONE, TWO)),
        (Press("unchoose", 0), (replace(ONE, clause=""), TWO)),
    ],
)
def test_a_button_changes_its_finding_and_no_other(press, findings):
    content = replace(an_opinion_of(9), findings=(ONE, TWO))
    assert pressed(content, press) == replace(content, findings=findings)


def test_the_last_finding_may_be_emptied_but_not_taken_away():
    assert pressed(an_opinion_of(9), Press("remove")).findings == (Finding(),)


def test_putting_a_clause_back_forgets_why_it_lay_outside():
    content = Content(findings=(a_finding(outside_reason="同一事故"),))
    assert pressed(content, Press("unchoose")).findings[0].outside_reason == ""


def test_an_unknown_clause_is_not_chosen():
    with pytest.raises(ClauseUnknown):
        pressed(an_opinion_of(9), Press("choose", 0, "5.9.2(999)"))


def test_a_thirty_first_finding_is_refused():
    with pytest.raises(TooManyFindings):
        pressed(Content(findings=(Finding(),) * MOST_FINDINGS), Press("add"))


@pytest.mark.parametrize(
    ("told", "version"), [({}, 1), ({"version": "7"}, 7), ({"version": "x"}, 0), ({"version": "9" * 40}, 0)]
)
def test_the_version_of_the_page_is_read(told, version):
    assert version_in(sent(**told)) == version

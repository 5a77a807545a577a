"""A finding while it is being written: every field as typed, what is wrong with it, and the typed finding once nothing is."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, Self

from gongjian.grading.answers import working_as_json
from gongjian.grading.errors import FindingWrong
from gongjian.grading.findings.base import Finding, described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.examination import read_finding
from gongjian.grading.findings.fields import Field
from gongjian.grading.measures.base import Step
from gongjian.grading.wording import value_words
from gongjian.grading.workings import Working, workings

LONGEST_TEXT: Final = 40
"""Characters kept of one field that cannot be read."""
_PLACES: Final = 6
_NUMBER: Final = re.compile(r"(?P<above>[+-]?\d{1,9}(?:\.\d{1,9})?)(?:/(?P<below>\d{1,9}))?(?P<percent>%)?", re.ASCII)
_FLAGS: Final = {"yes": True, "no": False}
Entry = float | int | str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One finding as it stands on paper. values: by name, as JSON says it; what cannot be read stays text, so that nothing typed is lost.

    is_prior: it was there before this injury (4.3). called, said, workings: title, labelled values and what was computed, as they stood
    when it was signed, so that it reads the same for good; empty before.
    """

    kind: str
    values: tuple[tuple[str, Entry], ...] = ()
    is_prior: bool = False
    called: str = ""
    said: tuple[tuple[str, str], ...] = ()
    workings: tuple[Working, ...] = ()

    @property
    def title(self) -> str:
        """听力, 关节功能 …; of a kind that is no longer held its name."""
        return self.called or (KINDS[self.kind].title if self.kind in KINDS else self.kind)

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields that concern what the sheet is about: a knee has no turning outwards."""
        known = described(KINDS[self.kind]) if self.kind in KINDS else {}
        held = dict(self.values)
        return {
            name: each
            for name, each in known.items()
            if not (each.only and each.only.name in held and held[each.only.name] not in each.only.values)
        }

    @property
    def faults(self) -> Mapping[str, str]:
        """What is wrong, by name of the field, in Chinese; under "" what is wrong with the fields together."""
        held = dict(self.values)
        found = {name: _fault(each, held.get(name)) for name, each in self.fields.items()}
        wrong = {name: text for name, text in found.items() if text}
        if wrong or self.kind not in KINDS:
            return wrong
        try:
            self._read("")
        except FindingWrong as refusal:
            return {"": refusal.facts["fault"]}
        return {}

    def finding(self, injury: str = "") -> Finding | None:
        """The typed finding of an injury; None while something is wrong."""
        return None if self.faults or self.kind not in KINDS else self._read(injury)

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What was written, for reading: label and value with its unit."""
        return self.said or tuple(self._lines())

    @property
    def words(self) -> str:
        """All of it in one line: "听力：右耳500Hz听阈45dB，…"."""
        said = "，".join(f"{label}{value}" for label, value in self.lines)
        return f"{'原有' if self.is_prior else ''}{self.title}{'：' if said else ''}{said}"

    def worked(self) -> Self:
        """The same as it is signed: with its words, and with what the standard computes from it."""
        finding = self.finding()
        return replace(self, called=self.title, said=self.lines, workings=workings(finding) if finding else ())

    def unworked(self) -> Self:
        """The same as it was written, to go on from."""
        return replace(self, called="", said=(), workings=())

    def plain(self) -> dict[str, Any]:
        """As JSON can say it."""
        return {
            "kind": self.kind,
            "values": {name: list(value) if isinstance(value, tuple) else value for name, value in self.values},
            "prior": self.is_prior,
            "title": self.called,
            "lines": [list(line) for line in self.said],
            "workings": [working_as_json(each) for each in self.workings],
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """Read `plain()` back, the fields in the order of the kind."""
        told, known = plain["values"], described(KINDS[plain["kind"]]) if plain["kind"] in KINDS else {}
        names = [*(name for name in known if name in told), *(name for name in told if name not in known)]
        values = tuple((name, tuple(told[name]) if isinstance(told[name], list) else told[name]) for name in names)
        return cls(
            kind=plain["kind"],
            values=values,
            is_prior=bool(plain["prior"]),
            called=plain["title"],
            said=tuple((label, value) for label, value in plain["lines"]),
            workings=tuple(_working(each) for each in plain["workings"]),
        )

    @classmethod
    def typed(cls, kind: str, texts: Mapping[str, Sequence[str]], *, is_prior: bool = False) -> Self:
        """What a form sent, by name of the field. Nothing of a field that does not concern the subject. Raises: KeyError for an unknown kind."""
        read = {name: _entry(each, texts.get(name, ())) for name, each in described(KINDS[kind]).items()}
        whole = cls(kind, tuple((name, value) for name, value in read.items() if value is not None), is_prior)
        return replace(whole, values=tuple(each for each in whole.values if each[0] in whole.fields))

    def _read(self, injury: str) -> Finding:
        values = {name: list(value) if isinstance(value, tuple) else value for name, value in self.values}
        return read_finding({"kind": self.kind, "injury": injury, **values}, self.title)

    def _lines(self) -> Iterator[tuple[str, str]]:
        known = described(KINDS[self.kind]) if self.kind in KINDS else {}
        for name, value in self.values:
            each = known.get(name)
            yield (each.label if each else name), (value_words(name, each, value) if each else str(value))


def number_typed(text: str) -> float | int | None:
    """A number as doctors write it: "45", "０．８", "1/3", "3/4"; None when it is none.

    A percentage is a part of the whole: "30%" is 0.3 (the fields whose unit is % are asked without the sign).
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("−", "-")
    read = _NUMBER.fullmatch(plain)
    if read is None or not int(read["below"] or 1):
        return None
    found = Fraction(read["above"]) / int(read["below"] or 1) / (100 if read["percent"] else 1)
    return int(found) if found.denominator == 1 else round(float(found), _PLACES)


def typed_text(value: Entry | None) -> str:
    """The value as it stands in an input."""
    return (
        ""
        if value is None
        else f"{value:.{_PLACES}f}".rstrip("0").rstrip(".")
        if isinstance(value, float)
        else str(value)
    )


def _entry(field: Field, texts: Sequence[str]) -> Entry | None:
    texts = [each.strip()[:LONGEST_TEXT] for each in texts if each.strip()]
    if not texts:
        return None
    if field.sort == "choices":
        return tuple(code for code in field.choices or () if code in texts) or None
    if field.sort == "flag":
        return _FLAGS.get(texts[0], texts[0])
    if field.sort == "choice":
        return texts[0]
    percent = field.unit == "%" and "%" in unicodedata.normalize("NFKC", texts[0])
    found = number_typed(texts[0].rstrip("%％") if percent else texts[0])
    return texts[0] if found is None else found


def _fault(field: Field, value: Entry | None) -> str:
    if value is None:
        return f"请填写{field.label}。" if field.subject else ""
    if field.fits(value):
        return ""
    if field.sort not in {"number", "whole"}:
        return f"{field.label}请从所列各项中选择。"
    said = typed_text(value) if isinstance(value, (int, float)) else str(value)
    sort = "整数" if field.sort == "whole" else "数"
    unit = f"（单位{field.unit}）" if field.unit else ""
    return f"{field.label}应为{field.low:g}至{field.high:g}之间的{sort}{unit}，现为“{said}”。请核对数值和单位。"


def _working(plain: Mapping[str, Any]) -> Working:
    value = plain["value"]
    steps = tuple(Step(each["text"], each["article"]) for each in plain["steps"])
    return Working(plain["title"], tuple(value) if isinstance(value, list) else value, steps)

"""What all papers share: no blank fields, plain data for the template, and the imprint of the office."""

from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from typing import Annotated, Any, ClassVar, get_type_hints

from gongjian.papers.check import check_address, read_check_code, spaced
from gongjian.papers.errors import PaperFieldMissing


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A record whose fields are all filled in. A field with a default may keep it; a blank text is refused everywhere.

    Fields carry their Chinese name as `Annotated[type, "名称"]`, for the refusal. Raises: PaperFieldMissing.
    """

    def __post_init__(self) -> None:
        for field in fields(self):
            if _is_blank(getattr(self, field.name), field):
                raise PaperFieldMissing(field=label(type(self), field.name))


def _is_blank(value: object, field: "Field[Any]") -> bool:
    if field.default is not MISSING and value == field.default:
        return False
    if isinstance(value, tuple):
        return not value or any(isinstance(part, str) and not part.strip() for part in value)
    return value is None or (isinstance(value, str) and not value.strip())


def label(form: type[Filled], name: str) -> str:
    """The Chinese name of a field; the field's own name where none is given."""
    hint = get_type_hints(form, include_extras=True)[name]
    notes: tuple[str, ...] = getattr(hint, "__metadata__", (name,))
    return notes[0]


@dataclass(frozen=True, kw_only=True)
class Imprint(Filled):
    """What shows whose paper it is: office, number, date, and the way to check it.

    check_base: the platform's own address, without a slash at the end; check_code: see `check.check_code`.
    seal_caption: the line under the star of the round seal.
    """

    office: Annotated[str, "制发机关"]
    number: Annotated[str, "文书编号"]
    issued_on: Annotated[date, "制发日期"]
    address: Annotated[str, "机关地址"]
    telephone: Annotated[str, "联系电话"]
    check_base: Annotated[str, "查验网址"]
    check_code: Annotated[str, "查验码"]
    seal_caption: Annotated[str, "印章名称"] = "劳动能力鉴定专用章"

    def __post_init__(self) -> None:
        super().__post_init__()
        read_check_code(self.check_code)

    @property
    def check_url(self) -> str:
        """The address in the QR code."""
        return check_address(self.check_base, self.check_code)

    @property
    def check_code_shown(self) -> str:
        """The code in groups of four."""
        return spaced(read_check_code(self.check_code))


@dataclass(frozen=True, kw_only=True)
class Paper(Filled):
    """Anything that is rendered; `kind` is its code in `kinds.KINDS`."""

    kind: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class IssuedPaper(Paper):
    """A paper that goes out under number, date and seal."""

    imprint: Annotated[Imprint, "版头"]

"""The shape of every measurement's answer."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Step(NamedTuple):
    """One line of the working, with the article it rests on."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Measured(Generic[T]):
    """value: what came out, None when the text does not decide it or something was not measured; steps: how."""

    value: T | None
    steps: tuple[Step, ...] = ()

    @property
    def certain(self) -> T:
        """The value of a measurement that always has one. Raises: ValueError when it is open."""
        if self.value is None:
            raise ValueError(self.working)
        return self.value

    @property
    def is_open(self) -> bool:
        """Whether something was measured and the text still leaves the class open."""
        return self.value is None and bool(self.steps)

    @property
    def working(self) -> str:
        """All steps in one text."""
        return "；".join(each.text for each in self.steps)


UNMEASURED: Measured[str] = Measured(None)


def exactly(number: float) -> Decimal:
    """The number as it is written down: sums of tenths do not drift."""
    return Decimal(str(number))


def whole(number: float | Decimal) -> int:
    """Rounded half up to a whole number (四舍五入)."""
    return int(Decimal(str(number)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def tenth(number: float) -> float:
    """Rounded half up to one decimal place."""
    return float(Decimal(str(number)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def shown(number: float) -> str:
    """A number without needless zeros."""
    return f"{number:.4f}".rstrip("0").rstrip(".")

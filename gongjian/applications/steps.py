"""The pages of an application in order, and what each asks for. Every field stands on an article, or it is not asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongjian.applications.errors import StepUnknown


@dataclass(frozen=True)
class Step:
    """One page of the application. required: fields that must not be empty; at_window: what only the window asks; basis: field → article."""

    code: str
    title: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    at_window: tuple[str, ...] = ()
    basis: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field of the step that everybody is asked."""
        return (*self.required, *self.optional)

    @property
    def kept(self) -> tuple[str, ...]:
        """Every field of the step, those that only the window asks too."""
        return (*self.fields, *self.at_window)


class Steps(tuple[Step, ...]):
    """The steps of one procedure's application."""

    __slots__ = ()

    @property
    def filled_in(self) -> tuple[Step, ...]:
        """The steps whose fields a draft keeps; the declaration is made when it is handed in."""
        return tuple(step for step in self if step.fields and step.code != "declare")

    def of(self, code: str) -> Step:
        """One step by its code. Raises: StepUnknown."""
        found = next((step for step in self if step.code == code), None)
        if found is None:
            raise StepUnknown
        return found

    def after(self, code: str) -> Step:
        """The step that follows; the last one follows itself."""
        return self[min(self.index(self.of(code)) + 1, len(self) - 1)]

    def before(self, code: str) -> Step | None:
        """The step that comes before; None before the first."""
        place = self.index(self.of(code))
        return self[place - 1] if place else None


LAST = (
    Step("materials", "上传材料"),
    Step("check", "核对"),
)
"""What follows the questions, in every procedure, before the declaration."""

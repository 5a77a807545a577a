"""The words of a message: a text file of the room, whose first line is the title.

Template `cases.supplement_due` is `cases/messages/supplement_due.txt` in the room's templates, and `…/supplement_due.sms.txt` for text
messages: these pass through strangers' systems and name neither a person in full nor anything medical. A `$number` in the text stands
for the fact of that name; a fact that is missing is an error, never a gap in a letter.
"""

from collections.abc import Mapping
from string import Template
from typing import Any, NamedTuple

from django.template import loader

from gongjian.kernel.outbox.states import Channel


class Words(NamedTuple):
    """What is said."""

    title: str
    body: str


def words_of(template: str, channel: Channel, facts: Mapping[str, Any]) -> Words:
    """The words of a message. Raises: TemplateDoesNotExist, KeyError for a missing fact."""
    text = Template(source_of(template, channel)).substitute({key: str(value) for key, value in facts.items()})
    title, _, body = text.strip().partition("\n")
    return Words("", text.strip()) if channel is Channel.SMS else Words(title.strip(), body.strip())


def source_of(template: str, channel: Channel) -> str:
    """The text file of a template."""
    room, _, name = template.partition(".")
    ending = "sms.txt" if channel is Channel.SMS else "txt"
    found: Any = loader.get_template(f"{room}/messages/{name}.{ending}")
    return str(found.template.source)

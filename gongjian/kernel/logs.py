"""Structured logs: one JSON object per line, from which personal data is taken out before it is written."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

PERSONAL = re.compile(
    r"name$|telephone|phone|mobile|identity|id_number|address|e_?mail|title|body|text|diagnos|finding|injur|birth|born|sex$"
    r"|password|secret|token|cookie|csrf|session|otp|^to$|^code$|recipient|word$|query"
)
"""Keys whose value is never logged, whatever it is."""
HARMLESS = frozenset({"event", "level", "timestamp", "logger", "filename", "func_name", "code_name"})
PATTERNS = (
    (re.compile(r"\)=\(.*?\)(?= )", re.DOTALL), ")=(‹value›)"),  # what PostgreSQL tells about a broken constraint
    (re.compile(r"Failing row contains \(.*", re.DOTALL), "Failing row contains ‹row›"),
    (re.compile(r"\?[^\s\"'?]*=[^\s\"']*"), "?‹query›"),
    (re.compile(r"(/(?:mine|hall|room/\d+)/)[\w-]{20,}"), r"\1‹key›"),  # whoever holds it needs no account
    (re.compile(r"[^\s\"'<>:]+@[\w-]+\.[\w.-]+"), "‹email›"),
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"), "‹identity›"),
    (re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1\d{2}[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])"), "‹telephone›"),
    (
        re.compile(r"[\u3400-\u9fff\uff00-\uffef][\u3000-\u9fff\uff00-\uffef]*"),
        "‹chinese›",
    ),  # names, sentences, findings
)


def without_personal_data(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop the values of personal keys, and whatever looks like a person's number, name or words in all others."""
    for key, value in list(event.items()):
        if key.startswith("_"):
            continue
        event[key] = "‹dropped›" if key not in HARMLESS and PERSONAL.search(key) else cleaned(value)
    return event


def cleaned(value: Any) -> Any:
    """The same value, however nested, without text that looks personal."""
    if isinstance(value, bool | int | float) or value is None:
        return cleaned(str(value)) if isinstance(value, int) and value > 10**10 else value
    if isinstance(value, dict):
        return {key: "‹dropped›" if PERSONAL.search(str(key)) else cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [cleaned(item) for item in value]
    text = str(value)
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return text


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter() -> logging.Formatter:
    """What the LOGGING setting writes every line with, our own and those of libraries; also sets structlog up."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_personal_data,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )

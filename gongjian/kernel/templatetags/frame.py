"""Tags of the page frame and its components: `{% load frame %}`. Which to use when: docs/guide/look.md."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import segno
from django import template
from django.forms import BaseForm, BoundField
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongjian.kernel import moment
from gongjian.kernel.fields_shown import Problem, ShownField, problems, shown
from gongjian.kernel.frame import Face, links
from gongjian.kernel.risk import Countdown, Dated, standing
from gongjian.kernel.searches import recalled

register = template.Library()
KINDS = {"info", "good", "warn", "bad", "neutral"}


register.filter("lasting", moment.lasting)


@register.inclusion_tag("kernel/components/navigation.html", takes_context=True)
def navigation(context: RequestContext, face: Face) -> dict[str, Any]:
    """The entries of a face that this person may use."""
    request = context.get("request")
    return {"links": links(face, request) if request is not None else []}


@register.inclusion_tag("kernel/components/search.html", takes_context=True)
def search_box(context: RequestContext, face: Face) -> dict[str, Any]:
    """The search box of a face, where a room offers one."""
    request = context.get("request")
    found = links(face, request, slot="search") if request is not None else []
    asked = recalled(request) if found else ""
    return {"search": found[0] if found else None, "asked": asked, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("kernel/forms/_field.html")
def field(bound: BoundField, basis: str = "", keep: bool = True, hint: str = "") -> dict[str, ShownField]:
    """A form field with label, help, legal basis and error. basis: the article that asks for it; keep=False: never kept as a draft."""
    return {"shown": shown(bound, basis=basis, keep=keep, hint=hint)}


@register.inclusion_tag("kernel/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, list[Problem]]:
    """Everything wrong with a submitted form, each linked to its field. Shows nothing while all is well."""
    return {"problems": problems(form)}


@register.inclusion_tag("kernel/components/deadline.html")
def deadline(
    limit: Dated | None, today: date | None = None, met_on: date | None = None, is_over: bool = False
) -> dict[str, Any]:
    """A chip with the days left, coloured by risk, that opens the working of the date.

    limit: a `law.clock.Deadline` or None; met_on: the day on which it was met, which stops the counting; is_over: the case has ended without it.
    """
    today = today or moment.today()
    left = None if limit is None else standing(limit, today, met_on=met_on, is_over=is_over)
    return {"deadline": limit, "left": left, "other_year": limit is not None and limit.due.year != today.year}


@register.inclusion_tag("kernel/components/days_left.html")
def days_left(due: date | None, today: date | None = None, url: str = "") -> dict[str, Any]:
    """The chip for a bare date. url: the page on which the date is worked out; without one it has no working."""
    today = today or moment.today()
    left = Countdown((due - today).days) if due is not None else None
    return {"due": due, "left": left, "other_year": due is not None and due.year != today.year, "url": url}


@register.inclusion_tag("kernel/components/stepper.html")
def stepper(steps: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Where one stands among several pages. steps: (label, "done" | "now" | "later", address or "")."""
    here = next((number for number, step in enumerate(steps, 1) if step[1] == "now"), len(steps))
    return {"steps": steps, "here": here, "total": len(steps), "label": steps[here - 1][0] if steps else ""}


@register.inclusion_tag("kernel/components/facts.html")
def facts(pairs: Iterable[tuple[str, Any]], title: str = "") -> dict[str, Any]:
    """A list of facts. pairs: (name, value); an empty value shows as a dash."""
    return {"pairs": list(pairs), "title": title}


@register.simple_tag
def badge(text: str, kind: str = "neutral") -> SafeString:
    """A state in a word or two. kind: info, good, warn, bad or neutral."""
    return format_html('<span class="gj-badge gj-{}">{}</span>', _kind(kind), text)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A notice with a body. kind as for `badge`."""
    heading = format_html('<p class="gj-notice-title">{}</p>', title) if title else SafeString("")
    return format_html('<div class="gj-notice gj-{}">{}{}</div>', _kind(kind), heading, content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A modal dialog, opened by a button with `data-opens="{id}"`. Only for what is also reachable without script."""
    return format_html(
        '<dialog class="gj-dialog" id="{0}" aria-labelledby="{0}-title"><div class="gj-dialog-head"><h2 id="{0}-title">{1}</h2>'
        '<button type="button" class="gj-close" data-closes aria-label="关闭">×</button></div>{2}</dialog>',
        id, title, content,
    )  # fmt: skip


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code as vector graphics. text: what it holds; label: what it is for, read aloud and printed under it."""
    drawing = segno.make(text, error="m").svg_inline(border=4, omitsize=True, svgclass="gj-qr-code", lineclass=None)
    return format_html(
        '<figure class="gj-qr"><div role="img" aria-label="{}">{}</div><figcaption>{}</figcaption></figure>',
        f"二维码：{label}", mark_safe(drawing), label,  # noqa: S308  # drawn by segno from escaped data
    )  # fmt: skip


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"no such kind: {kind}; one of {', '.join(sorted(KINDS))}")
    return kind

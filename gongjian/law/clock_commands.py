"""`gongjian law due` and `gongjian law limits`: the clock on the command line."""

import json
from typing import Any

import click

from gongjian.law import asking, listing
from gongjian.law.register import CONFIDENCES

ROLES = {
    "start": "起算",
    "pause": "中止",
    "resume": "恢复",
    "extend": "延长",
    "restart": "重算",
    "replace": "改用",
    "meet": "办结",
    "end": "结束",
}


@click.command()
@click.argument("limit")
@click.option("--from", "start", required=True, metavar="DAY", help="The day of the start event, itself not counted.")
@click.option("--event", "events", multiple=True, metavar="DAY:WHAT[=N]", help="Something that happened to the limit.")
@click.option("--pause", "pauses", multiple=True, metavar="A:B", help="The days A to B, both included, do not count.")
@click.option("--region", metavar="CODE", help="Six digits; without it the national values.")
@click.option("--today", metavar="DAY", help="Tell how the limit stands on this day.")
@click.option("--days", "by_day", is_flag=True, help="Tell every day from the start to the due day.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def due(as_json: bool, **question: Any) -> None:
    """The due day of LIMIT (such as LA-DECIDE), with the whole working. `gongjian law limits LIMIT` names its events."""
    answer = asking.due(question.pop("limit"), question.pop("start"), **question)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    click.echo(f"{answer['limit']} {answer['title']}：{answer['due']}{'（暂定）' if answer['provisional'] else ''}")
    for step in answer["working"]:
        article = f"［{step['article']}］" if step["article"] else ""
        click.echo(f"  {step['day'] or ' ' * 10}  {step['what']}{article}")
    for each in answer["days"] or ():
        click.echo(f"  {each['day']}  {each['number'] or '—':>4}  {each['why'] or each['remark']}".rstrip())


@click.command()
@click.argument("limit", required=False)
@click.option("--on", metavar="DAY", help="The day whose law is asked for; without it the law as it is now.")
@click.option("--region", metavar="CODE", help="Six digits; without it the national values.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def limits(limit: str | None, on: str | None, region: str | None, as_json: bool) -> None:
    """All limits by their ids, or one LIMIT with everything that may happen to it."""
    found = listing.limits(limit, on=on, region=region)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for one in found:
        sure = "" if one["confidence"] == "seen" else f"（{CONFIDENCES[one['confidence']]}）"
        click.echo(f"{one['limit']:16} {one['title']}；{one['length_text']}{sure}；自{one['start']}起；{one['basis']}")
    for one in found if limit else ():
        if one["extension_by"]:
            times = f"，{one['extension_times']}次" if one["extension_times"] else ""
            most = f"，最多{one['extension_most']}" if one["extension_most"] else "，没有统一的上限"
            click.echo(f"  可由{one['extension_by']}延长{times}{most}")
        if one["note"]:
            click.echo(f"  {one['note']}")
    for event in found[0]["events"] if limit else ():
        article = f"［{event['article']}］" if event["article"] else ""
        click.echo(f"  {ROLES[event['role']]}  {event['name']}  {event['title']}{article}")

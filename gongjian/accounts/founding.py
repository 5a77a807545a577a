"""How a real city begins: its offices, and the people who then engage all others, told in one TOML file."""

import tomllib
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongjian.accounts.engaging import open_account
from gongjian.accounts.errors import FoundingWrong
from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import Role
from gongjian.kernel.ledger.actions import record

NEEDED = ("code", "name", "short_name", "kind", "region")
OPTIONAL = ("parent", "serves", "address", "telephone")
OF_STAFF = ("username", "name", "office", "role")


@transaction.atomic
def found(text: str) -> list[tuple[User, str]]:
    """Make the offices and accounts that are told and not yet there; the new accounts with their first passwords, which are kept nowhere.

    What is there already is left as it is, so running twice is running once. All or nothing. Raises: FoundingWrong, UsernameTaken.
    """
    if User.objects.filter(is_demo=True).exists():
        raise FoundingWrong(what="这个数据库里是演示城市，请另用一个空的数据库。")
    told = _read(text)
    for entry in told.get("offices", []):
        _office(entry)
    for entry in told.get("offices", []):
        Office.objects.get(code=entry["code"]).serves.add(*(_known(code) for code in entry.get("serves", [])))
    return [made for entry in told.get("staff", []) if (made := _member(entry))]


def _read(text: str) -> Mapping[str, Any]:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FoundingWrong(what=f"文件不是正确的 TOML：{error}。") from error
    if not set(told) <= {"offices", "staff"} or not told:
        raise FoundingWrong(what="文件里只应有 [[offices]] 和 [[staff]]。")
    for entry in told.get("offices", []):
        _check(entry, NEEDED, OPTIONAL)
    for entry in told.get("staff", []):
        _check(entry, OF_STAFF)
    return told


def _check(entry: Mapping[str, Any], needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
    missing = [key for key in needed if not isinstance(entry.get(key), str) or not entry[key].strip()]
    unknown = sorted(set(entry) - {*needed, *optional})
    if missing or unknown:
        raise FoundingWrong(
            what=f"一条记录缺少{'、'.join(missing) or '无'}，或者有不认识的字段{'、'.join(unknown) or '无'}。"
        )
    if "kind" in needed and entry["kind"] not in Office.Kind.values:
        raise FoundingWrong(what=f"单位类型只能是{'、'.join(Office.Kind.values)}。")
    if "role" in needed and entry["role"] not in list(Role):
        raise FoundingWrong(what=f"岗位只能是{'、'.join(Role)}。")


def _office(entry: Mapping[str, Any]) -> None:
    told = {key: entry[key] for key in (*NEEDED[1:], "address", "telephone") if key in entry}
    parent = _known(entry["parent"]) if entry.get("parent") else None
    office, made = Office.objects.get_or_create(code=entry["code"], defaults={**told, "parent": parent})
    if made:
        record(f"office:{office.code}", "office.founded", by=None, kind=office.kind, region=office.region)


def _member(entry: Mapping[str, Any]) -> tuple[User, str] | None:
    office, made = _known(entry["office"]), None
    user = User.objects.filter(username=entry["username"], kind=User.Kind.STAFF).first()
    if user is None:
        made = open_account(entry["name"], entry["username"], User.Kind.STAFF)
        user = made[0]
    _, is_new = Post.objects.get_or_create(user=user, office=office, role=entry["role"], ended_on=None)
    if is_new:
        record(f"office:{office.code}", "post.founded", by=None, user=user.pk, role=entry["role"])
    return made


def _known(code: str) -> Office:
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise FoundingWrong(what=f"没有代码为{code}的单位；上级单位要写在下级单位之前。")
    return office

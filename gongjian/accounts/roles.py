"""Who may do what: one table from role to permissions. Code asks for a permission, never for a role."""

from enum import StrEnum


class Role(StrEnum):
    """The posts of an office."""

    WINDOW_CLERK = "window_clerk"
    REVIEWER = "reviewer"
    SCHEDULER = "scheduler"
    DRAW_OFFICER = "draw_officer"
    EXAM_STAFF = "exam_staff"
    SIGNER = "signer"
    DELIVERY_CLERK = "delivery_clerk"
    ARCHIVIST = "archivist"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


LABELS = {
    Role.WINDOW_CLERK: "窗口受理",
    Role.REVIEWER: "复核",
    Role.SCHEDULER: "场次安排",
    Role.DRAW_OFFICER: "抽取",
    Role.EXAM_STAFF: "现场工作人员",
    Role.SIGNER: "签发",
    Role.DELIVERY_CLERK: "送达",
    Role.ARCHIVIST: "档案",
    Role.SUPERVISOR: "监督",
    Role.ADMINISTRATOR: "管理员",
}

SEE = "cases.see"
SYSTEM = "system"
"""Permission of acts that only a sweep or another act may cause; nobody holds it."""
PARTY = "party"
"""Permission of acts that belong to a party of the case; `cases` decides who is one."""

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.WINDOW_CLERK: frozenset(
        {
            SEE,
            "appraisal.enter",
            "appraisal.accept",
            "appraisal.ask_supplement",
            "appraisal.receive_supplement",
            "appraisal.give_up",
            "appraisal.withdraw",
            "cases.chase",
        }
    ),
    Role.REVIEWER: frozenset({SEE, "conclusions.review", "cases.extend"}),
    Role.SCHEDULER: frozenset(
        {
            SEE,
            "sittings.plan",
            "sittings.book",
            "sittings.reschedule",
            "sittings.terminate",
            "experts.manage",
            "experts.see",
        }
    ),
    Role.DRAW_OFFICER: frozenset({SEE, "draws.see", "draws.draw", "draws.regroup", "experts.see"}),
    Role.EXAM_STAFF: frozenset(
        {
            SEE,
            "sittings.check_in",
            "sittings.call",
            "sittings.terminate",
            "draws.see",
            "draws.door",
            "draws.regroup",
            "draws.confirm",
        }
    ),
    Role.SIGNER: frozenset({SEE, "conclusions.sign", "cases.extend"}),
    Role.DELIVERY_CLERK: frozenset({SEE, "delivery.deliver", "cases.chase"}),
    Role.ARCHIVIST: frozenset({SEE, "archives.archive", "archives.read"}),
    Role.SUPERVISOR: frozenset({SEE, "draws.see", "draws.confirm", "archives.read", "oversight.read", "experts.see"}),
    Role.ADMINISTRATOR: frozenset({"accounts.manage", "experts.manage", "experts.see"}),
}


def roles_with(permission: str) -> frozenset[Role]:
    """The roles that hold a permission."""
    return frozenset(role for role, held in PERMISSIONS.items() if permission in held)

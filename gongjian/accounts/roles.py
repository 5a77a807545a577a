"""Who may do what: one table from role to permissions. Code asks for a permission, never for a role."""

from enum import StrEnum


class Role(StrEnum):
    """The posts of an office."""

    WINDOW_CLERK = "window_clerk"
    INVESTIGATOR = "investigator"
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
    Role.INVESTIGATOR: "调查",
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
SITTINGS = "sittings.see"
"""Seeing when and where people are examined."""
HEALTH = "health.read"
"""Reading medical papers and the injury, while the own step needs them: which steps do, the table of the procedure says."""
HEALTH_FOR_REASON = "health.read_for_reason"
"""The same at any step, for a reason that is written down first."""
NUMBERS = "numbers.show"
"""Having an identity number or a telephone shown in full, each time on the ledger."""
PEERS = "exchange.peers"
"""Deciding which other installations an office's letters go to and are taken from."""
VISITS = "visits.open"
"""Checking the document of who stands at the window, once for everything they came for."""
DEATHS = "deaths.handle"
"""Taking in reports of a sudden death, noting early evidence, and saying which case one belongs to."""
RECUSE = "recusals.decide"
"""Deciding who of the staff keeps away from a case."""
SYSTEM = "system"
"""Permission of acts that only a sweep or another act may cause; nobody holds it."""
PARTY = "party"
"""Permission of acts that belong to a party of the case; `cases` decides who is one."""

APPRAISING = frozenset({"committee", "province"})
BUSINESS = {
    "recognition": frozenset({"hrss"}),
    "exchange": frozenset({"hrss"}) | APPRAISING,
    "deaths": frozenset({"hrss"}),
    "appraisal": APPRAISING,
    "sittings": APPRAISING,
    "draws": APPRAISING,
    "conclusions": APPRAISING,
    "experts": APPRAISING,
    "recordings": APPRAISING,
    "claims": frozenset({"agency"}),
}
"""First word of a permission → the kinds of office that have this business at all (条例 art. 5, 24: the bureau decides recognitions,
the committee appraises; art. 46: the agency fixes benefits). A county's window has the business of the office for which it works."""

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.WINDOW_CLERK: frozenset(
        {
            SEE,
            SITTINGS,
            HEALTH,
            NUMBERS,
            "appraisal.enter",
            "appraisal.accept",
            "appraisal.ask_supplement",
            "appraisal.receive_supplement",
            "appraisal.give_up",
            "appraisal.refuse",
            "appraisal.note_death",
            "appraisal.withdraw",
            "recognition.enter",
            "recognition.accept",
            "recognition.ask_supplement",
            "recognition.receive_supplement",
            "recognition.reject",
            "recognition.transfer",
            "recognition.withdraw",
            "claims.enter",
            VISITS,
            "recognition.accidents",
            DEATHS,
            "cases.chase",
        }
    ),
    Role.INVESTIGATOR: frozenset(
        {
            SEE,
            SITTINGS,
            HEALTH,
            NUMBERS,
            "recognition.investigate",
            "recognition.suspend",
            "recognition.propose",
            "recognition.accidents",
            DEATHS,
        }
    ),
    Role.REVIEWER: frozenset(
        {
            SEE,
            SITTINGS,
            HEALTH,
            NUMBERS,
            "conclusions.review",
            "recordings.play",
            "recordings.answer",
            "cases.extend",
            "recognition.review",
            "claims.answer",
            "recognition.accidents",
        }
    ),
    Role.SCHEDULER: frozenset(
        {
            SEE,
            SITTINGS,
            NUMBERS,
            "sittings.plan",
            "sittings.book",
            "sittings.reschedule",
            "sittings.terminate",
            "experts.manage",
            "experts.see",
        }
    ),
    Role.DRAW_OFFICER: frozenset({SEE, SITTINGS, "draws.see", "draws.draw", "draws.regroup", "experts.see"}),
    Role.EXAM_STAFF: frozenset(
        {
            SEE,
            SITTINGS,
            NUMBERS,
            "sittings.check_in",
            "sittings.call",
            "recordings.record",
            "sittings.terminate",
            "draws.see",
            "draws.door",
            "draws.regroup",
            "draws.confirm",
        }
    ),
    Role.SIGNER: frozenset(
        {
            SEE,
            SITTINGS,
            HEALTH,
            NUMBERS,
            "conclusions.sign",
            "cases.extend",
            "recognition.sign",
            "recognition.terminate",
            "recognition.extend",
            "recognition.accidents",
        }
    ),
    Role.DELIVERY_CLERK: frozenset({SEE, SITTINGS, NUMBERS, "delivery.deliver", "cases.chase", "appraisal.note_death"}),
    Role.ARCHIVIST: frozenset({SEE, SITTINGS, "archives.archive", "archives.read", "recordings.hold"}),
    Role.SUPERVISOR: frozenset(
        {
            SEE,
            SITTINGS,
            HEALTH_FOR_REASON,
            NUMBERS,
            RECUSE,
            "draws.see",
            "draws.confirm",
            "archives.read",
            "recordings.play",
            "recordings.hold",
            "oversight.read",
            "experts.see",
        }
    ),
    Role.ADMINISTRATOR: frozenset({"accounts.manage", PEERS, RECUSE, "experts.manage", "experts.see"}),
}


def roles_with(permission: str) -> frozenset[Role]:
    """The roles that hold a permission."""
    return frozenset(role for role, held in PERMISSIONS.items() if permission in held)

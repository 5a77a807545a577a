"""The procedures known to the house; each procedure's room registers its own table at start."""

from gongjian.cases.states import Procedure, Service

PROCEDURES: dict[str, Procedure] = {}


def register(procedure: Procedure) -> None:
    """Make a procedure known. Raises: ValueError when another procedure bears the name already."""
    known = PROCEDURES.setdefault(procedure.name, procedure)
    if known is not procedure:
        raise ValueError(f"two procedures named {procedure.name}")


def service_of(name: str) -> Service:
    """How what a procedure decides is served. Raises: KeyError."""
    return procedure_of(name).service


def decision_papers() -> frozenset[str]:
    """The kinds of papers that are served with a remedy, in any procedure."""
    return frozenset(kind for table in PROCEDURES.values() for kind in table.service.papers)


def starts_of(act: str) -> list[str]:
    """The states of any procedure from which an act is possible."""
    return sorted({move.start for table in PROCEDURES.values() for move in table.moves if move.act == act})


def procedure_of(name: str) -> Procedure:
    """The table of a procedure. Raises: KeyError."""
    return PROCEDURES[name]

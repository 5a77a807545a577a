"""The procedures known to the house; each procedure's room registers its own table at start."""

from gongjian.cases.states import Procedure

PROCEDURES: dict[str, Procedure] = {}


def register(procedure: Procedure) -> None:
    """Make a procedure known. Raises: ValueError when another procedure bears the name already."""
    known = PROCEDURES.setdefault(procedure.name, procedure)
    if known is not procedure:
        raise ValueError(f"two procedures named {procedure.name}")


def procedure_of(name: str) -> Procedure:
    """The table of a procedure. Raises: KeyError."""
    return PROCEDURES[name]

"""Reading persons and employers."""

from gongjian.accounts.models import User
from gongjian.parties.models import Employer


def employers_of(user: User) -> list[Employer]:
    """The employers whose verified account this is: those that are known by their credit code."""
    return list(user.employers.exclude(credit_code=None).order_by("pk"))

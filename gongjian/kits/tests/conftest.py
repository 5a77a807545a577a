"""The same cheap passwords as the tests of `opinions`, and the morning of the sitting."""

import pytest

from gongjian.kernel import moment
from gongjian.opinions.tests.conftest import _cheap_passwords
from gongjian.sittings.tests.builders import MORNING

__all__ = ["_cheap_passwords"]


@pytest.fixture
def morning():
    """The morning on which the group examines."""
    with moment.fixed(MORNING):
        yield MORNING

"""The same groups, time and cheap passwords as the tests of `opinions`."""

from gongjian.opinions.tests.conftest import _cheap_passwords, exam_day, seated

__all__ = ["_cheap_passwords", "exam_day", "seated"]

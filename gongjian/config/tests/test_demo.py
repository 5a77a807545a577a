"""`gongjian demo` and the city it may be told in."""

import pytest
from click.testing import CliRunner

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk
from gongjian.cases.models import Case
from gongjian.config.demo import story
from gongjian.config.demo.cast import engage_staff, found_offices
from gongjian.config.demo.command import demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", [[], ["--if-empty"], ["--cases", "3"]])
def test_a_real_city_never_becomes_the_demo(words):
    clerk = a_clerk()
    done = CliRunner().invoke(demo, words)
    assert (done.exit_code, "已有真实的用户或案件" in done.output) == (1, True)
    clerk.refresh_from_db()
    assert (Case.objects.count(), clerk.is_demo) == (0, False)


def test_everybody_of_the_cast_is_marked():
    assert CliRunner().invoke(demo, ["--cases", "2"], catch_exceptions=False).exit_code == 0
    assert User.objects.exists()
    assert not User.objects.filter(is_demo=False).exists()


def test_the_demo_that_stands_is_started_again_though_visitors_have_signed_up():
    CliRunner().invoke(demo, ["--cases", "2"], catch_exceptions=False)
    a_clerk()
    done = CliRunner().invoke(demo, ["--if-empty"], catch_exceptions=False)
    assert (done.exit_code, Case.objects.count()) == (0, 2)


def test_a_story_that_breaks_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch):
    def half(_: object) -> None:
        found_offices()
        engage_staff()
        raise RuntimeError("the machine went down")

    monkeypatch.setattr(story, "tell", half)
    assert CliRunner().invoke(demo, []).exit_code == 1
    assert not User.objects.exists()

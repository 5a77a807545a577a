"""Every page of the workbench, as an expert meets it."""

import pytest

from gongjian.accounts.tests.builders import PASSWORD
from gongjian.appraisal.states import State
from gongjian.opinions.tests.builders import an_opinion_of, the_experts
from gongjian.workbench.tests.builders import a_case_on_the_table, form_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("exam_day")]


def test_smoke(seated):
    case, code = a_case_on_the_table(seated)
    user = the_experts(1)[0]
    client = signed_in(user)
    for page in ("/expert/", "/expert/sittings/", "/expert/history/", f"/expert/{code}/declare/"):
        assert client.get(page).status_code == 200, page
    assert client.post(f"/expert/{code}/declare/", {"none": "1"}).status_code == 302
    assert client.get(f"/expert/{code}/opinion/").status_code == 200
    assert client.get(f"/expert/{code}/opinion/?pick=0").status_code == 200
    assert client.get(f"/expert/{code}/opinion/?pick=0&q=gz").status_code == 200
    assert client.get(f"/expert/{code}/paper/").status_code == 200
    answer = client.post(f"/expert/{code}/opinion/", form_of(an_opinion_of(9), version=1))
    assert answer.status_code == 302
    assert client.get(f"/expert/{code}/sign/").status_code == 200
    assert client.post(f"/expert/{code}/sign/", {"version": "2", "password": PASSWORD}).status_code == 302
    assert client.get(f"/expert/{code}/sealed/").status_code == 200

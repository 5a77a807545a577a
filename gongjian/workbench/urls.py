"""Addresses of the room. A case stands in them by its exam code only."""

from django.urls import path

from gongjian.workbench.views import examine, home, sign, talk

app_name = "workbench"
urlpatterns = [
    path("", home.home, name="home"),
    path("sittings/", home.sittings, name="sittings"),
    path("history/", home.history, name="history"),
    path("<str:exam_code>/", home.exam, name="exam"),
    path("<str:exam_code>/declare/", home.declare, name="declare"),
    path("<str:exam_code>/conflict/", home.conflict, name="conflict"),
    path("<str:exam_code>/opinion/", examine.opinion, name="opinion"),
    path("<str:exam_code>/paper/", examine.paper, name="paper"),
    path("<str:exam_code>/clauses/", examine.clauses, name="clauses"),
    path("<str:exam_code>/kinds/", examine.kinds, name="kinds"),
    path("<str:exam_code>/sign/", sign.sign, name="sign"),
    path("<str:exam_code>/sealed/", sign.sealed, name="sealed"),
    path("<str:exam_code>/talk/", talk.talk, name="talk"),
    path("<str:exam_code>/talk/record/", talk.record, name="record"),
]

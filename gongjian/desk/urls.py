"""Addresses of the desk."""

from django.urls import path

from gongjian.desk.views import case, ending, intake, papers, recusals, regroup, window, worklist

app_name = "desk"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("search", worklist.search, name="search"),
    path("intake/", intake.intake, name="intake"),
    path("intake/<str:token>/", intake.visit, name="visit"),
    path("intake/<str:token>/begin", intake.begin, name="intake_begin"),
    path("cases/<str:number>/", case.case, name="case"),
    path("recusals/", recusals.listing, name="staff_recusal_list"),
    path("recusals/appoint", recusals.appoint, name="appoint"),
    path("cases/<str:number>/recusals/", recusals.of_case, name="staff_recusals"),
    path("cases/<str:number>/keep-away", recusals.keep_away, name="keep_away"),
    path("cases/<str:number>/numbers", case.numbers, name="numbers"),
    path("cases/<str:number>/consult", case.consulting, name="consult"),
    path("cases/<str:number>/extend", case.extend, name="extend"),
    path("cases/<str:number>/regroup", regroup.regroup, name="regroup"),
    path("cases/<str:number>/name", window.name, name="name"),
    path("cases/<str:number>/account", window.account, name="account"),
    path("cases/<str:number>/employer", window.employer, name="employer"),
    path("cases/<str:number>/withdrawal", window.withdrawal, name="withdrawal"),
    path("cases/<str:number>/check", papers.check, name="check"),
    path("cases/<str:number>/accept", papers.accept, name="accept"),
    path("cases/<str:number>/supplement", papers.supplement, name="supplement"),
    path("cases/<str:number>/later", papers.later, name="later"),
    path("cases/<str:number>/refuse", ending.refuse, name="refuse"),
    path("cases/<str:number>/hand-over", ending.hand_over, name="hand_over"),
    path("cases/<str:number>/death", ending.note_death, name="death"),
    path("cases/<str:number>/give-up", papers.give_up, name="give_up"),
]

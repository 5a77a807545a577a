"""Addresses of the applicants' pages."""

from django.urls import path

from gongjian.portal.views import apply, case, days, home, inbox, mandates, papers, recusals, story, submitting, window

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("story/", story.injury, name="story"),
    path("find/", home.claim, name="claim"),
    path("find/employer/", home.claim_employer, name="claim_employer"),
    path("apply/", apply.start, name="start"),
    path("apply/for/<slug:what>/", apply.begin, name="begin"),
    path("apply/<str:token>/drop/", apply.drop, name="drop"),
    path("apply/<str:token>/materials/", papers.materials, name="materials"),
    path("apply/<str:token>/materials/<slug:kind>/", papers.paper, name="paper"),
    path("apply/<str:token>/check/", submitting.check, name="check"),
    path("apply/<str:token>/declare/", submitting.declare, name="declare"),
    path("apply/<str:token>/wrong/", apply.wrong, name="wrong"),
    path("apply/<str:token>/<slug:step>/", apply.step, name="step"),
    path("window/", window.start, name="window_start"),
    path("window/<str:token>/", window.entry, name="window"),
    path("case/<str:number>/", case.case, name="case"),
    path("case/<str:number>/days/<int:pk>/", days.days, name="days"),
    path("case/<str:number>/days/<str:limit>/", days.clock, name="clock"),
    path("case/<str:number>/due/<slug:kind>/", days.due, name="due"),
    path("case/<str:number>/receipt/", case.receipt, name="receipt"),
    path("case/<str:number>/readings/", case.readings, name="readings"),
    path("case/<str:number>/supplement/", case.supplement, name="supplement"),
    path("case/<str:number>/supplement/<slug:kind>/", papers.supplement_paper, name="supplement_paper"),
    path("case/<str:number>/withdraw/", case.withdraw, name="withdraw"),
    path("case/<str:number>/staff-recusal/", recusals.ask, name="staff_recusal"),
    path("case/<str:number>/agent/", mandates.mandates, name="mandates"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<int:pk>/", inbox.message, name="message"),
    path("inbox/<int:pk>/file", inbox.file, name="message_file"),
]

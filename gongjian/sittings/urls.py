"""Addresses of the room."""

from django.urls import path

from gongjian.sittings.views import case, lists, modes, party, queue, sitting, station

app_name = "sittings"
urlpatterns = [
    path("", lists.sittings, name="list"),
    path("plan", lists.plan, name="plan"),
    path("venues", lists.venues, name="venues"),
    path("requests", lists.requests, name="requests"),
    path("wishes", modes.waiting, name="wishes"),
    path("case/<str:number>/modes", modes.choose, name="modes"),
    path("case/<str:number>/modes/answer", modes.answer, name="answer_mode"),
    path("case/<str:number>/modes/offer", modes.offer, name="offer"),
    path("case/<str:number>/modes/leave", modes.leave, name="leave_mode"),
    path("case/<str:number>/modes/proof", modes.proof, name="proof"),
    path("case/<str:number>/modes/ask/<str:mode>", modes.ask, name="ask_mode"),
    path("case/<str:number>/book", case.book, name="book"),
    path("case/<str:number>/answer", case.answer, name="answer"),
    path("case/<str:number>/release", case.release, name="release"),
    path("case/<str:number>/absence", case.absence, name="absence"),
    path("case/<str:number>/absence/note", case.note_absence, name="note_absence"),
    path("case/<str:number>/absence/explanation", case.take_down, name="take_down"),
    path("case/<str:number>/terminate", case.terminate, name="terminate"),
    path("case/<str:number>/told", case.told_in_person, name="told"),
    path("case/<str:number>/part", case.part, name="case_part"),
    path("case/<str:number>/block", party.block, name="portal_block"),
    path("case/<str:number>/ask", party.ask, name="ask"),
    path("case/<str:number>/explain", party.explain, name="explain"),
    path("case/<str:number>/needs", party.needs, name="needs"),
    path("<str:number>/", sitting.sitting, name="sitting"),
    path("<str:number>/route", modes.route, name="route"),
    path("<str:number>/fill", sitting.fill, name="fill"),
    path("<str:number>/step/<str:act>", sitting.step, name="step"),
    path("<str:number>/slots/<int:pk>", sitting.capacity, name="capacity"),
    path("<str:number>/absences", sitting.absences, name="absences"),
    path("<str:number>/check-in", station.station, name="check_in"),
    path("<str:number>/check-in/find", station.find, name="find"),
    path("<str:number>/check-in/receive", station.receive, name="receive"),
    path("<str:number>/check-in/mismatch", station.mismatch, name="mismatch"),
    path("<str:number>/queue", queue.queue, name="queue"),
    path("<str:number>/queue/<int:group>/call", queue.call, name="call"),
    path("<str:number>/queue/<int:pk>/again", queue.again, name="again"),
    path("<str:number>/queue/<int:pk>/skip", queue.skip, name="skip"),
    path("<str:number>/queue/<int:pk>/finish", queue.finish, name="finish"),
    path("<str:number>/screen", queue.screen, name="screen"),
]

"""Addresses of the room."""

from django.urls import path

from gongjian.recordings.views import case, mine, play, record

app_name = "recordings"
urlpatterns = [
    path("exam/<int:pk>/", record.exam, name="exam"),
    path("exam/<int:pk>/answer", record.answer, name="answer"),
    path("exam/<int:pk>/withdraw", record.withdraw, name="withdraw"),
    path("exam/<int:pk>/start", record.start, name="start"),
    path("<int:pk>/progress", record.progress, name="progress"),
    path("<int:pk>/pieces/<int:position>", record.piece, name="piece"),
    path("<int:pk>/marks", record.mark, name="mark"),
    path("<int:pk>/finish", record.finish, name="finish"),
    path("<int:pk>/break-off", record.break_off, name="break_off"),
    path("<int:pk>/", play.recording, name="recording"),
    path("<int:pk>/verify", play.verify, name="verify"),
    path("<int:pk>/hold", play.hold, name="hold"),
    path("<int:pk>/lift", play.lift, name="lift"),
    path("<int:pk>/own", mine.play_own, name="play_own"),
    path("play/<int:pk>/", play.player, name="player"),
    path("play/<int:pk>/film", play.film, name="film"),
    path("play/<int:pk>/list", play.pieces, name="pieces"),
    path("case/<str:number>/", case.case, name="case"),
    path("case/<str:number>/part", case.part, name="case_part"),
    path("case/<str:number>/grant", case.grant, name="grant"),
    path("case/<str:number>/refuse", case.refuse, name="refuse"),
    path("case/<str:number>/mine", mine.mine, name="mine"),
    path("case/<str:number>/withdraw", mine.withdraw_own, name="withdraw_own"),
    path("case/<str:number>/ask", mine.ask, name="ask"),
]

"""Addresses of the room: those that other installations call stand under v1 and never change."""

from django.urls import path

from gongjian.exchange import api, views, views_entrusted, views_peers

app_name = "exchange"
urlpatterns = [
    path("v1/letters", api.letters, name="letters"),
    path("v1/letters/<str:matter>/<int:letter>/files/<str:sha256>", api.file, name="file"),
    path("peers/", views_peers.peers, name="peers"),
    path("peers/new", views_peers.enter, name="enter_peer"),
    path("peers/<int:pk>", views_peers.peer, name="peer"),
    path("peers/<int:pk>/end", views_peers.end, name="end_peer"),
    path("incoming/", views.incoming, name="incoming"),
    path("incoming/<int:pk>", views.matter, name="matter"),
    path("incoming/<int:pk>/accept", views.accept, name="accept"),
    path("incoming/<int:pk>/refuse", views.refuse, name="refuse"),
    path("incoming/<int:pk>/answer", views.answer, name="answer"),
    path("files/<int:pk>", views.enclosure, name="enclosure"),
    path("asked/<int:pk>/take", views.take, name="take"),
    path("asked/<int:pk>/note", views.note, name="note"),
    path("asked/<int:pk>/read", views.read, name="read"),
    path("asked/<int:pk>/again", views.ask_again, name="ask_again"),
    path("incoming/<int:pk>/again", views.answer_again, name="answer_again"),
    path("entrusted/<str:number>/", views_entrusted.case_page, name="entrusted"),
    path("entrusted/<str:number>/new", views_entrusted.entrust, name="entrust"),
    path("entrusted/<str:number>/withdraw", views_entrusted.withdraw, name="withdraw"),
    path("entrusted/<str:number>/send", views_entrusted.send_opinion, name="send_opinion"),
    path("entrusted/<str:number>/give-back", views_entrusted.give_back, name="give_back"),
    path("entrusted/<str:number>/part", views_entrusted.part, name="entrusted_part"),
    path("cases/<str:number>/", views.case_page, name="case"),
    path("cases/<str:number>/ask", views.ask, name="ask"),
    path("cases/<str:number>/part", views.part, name="case_part"),
]

"""Addresses of the room. Fixed words come before the numbers of sittings."""

from django.urls import path

from gongjian.reception.views import board, kiosk, mine, people, runs, screens

app_name = "reception"
urlpatterns = [
    path("", board.today, name="today"),
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("kiosk/second", kiosk.second, name="second"),
    path("kiosk/in", kiosk.attend, name="attend"),
    path("mine/<str:key>/", mine.mine, name="mine"),
    path("mine/<str:key>/feedback", mine.feedback, name="feedback"),
    path("case/<str:number>/today", mine.portal_block, name="portal_block"),
    path("<str:number>/", board.board, name="board"),
    path("<str:number>/kiosks/open", kiosk.open_here, name="open_kiosk"),
    path("<str:number>/kiosks/<int:pk>/close", kiosk.close, name="close_kiosk"),
    path("<str:number>/desk/call", people.call, name="call_desk"),
    path("<str:number>/people/<int:pk>/", people.person, name="person"),
    path("<str:number>/people/<int:pk>/again", people.again, name="recall_desk"),
    path("<str:number>/people/<int:pk>/ticket", people.ticket, name="ticket"),
    path("<str:number>/people/<int:pk>/postpone", people.postpone, name="postpone"),
    path("<str:number>/delay", board.delay, name="delay"),
    path("<str:number>/delay/end", board.delay_over, name="delay_over"),
    path("<str:number>/feedback/", board.feedback, name="feedback_list"),
    path("<str:number>/hall/<str:key>/", screens.hall, name="hall"),
    path("<str:number>/room/<int:group>/<str:key>/", screens.room, name="room"),
    path("<str:number>/all/", runs.whole, name="whole"),
    path("<str:number>/all/begin/<str:act>", runs.begin, name="begin_run"),
    path("<str:number>/all/conclude", runs.conclude, name="conclude_all"),
    path("<str:number>/all/post", runs.post, name="post_all"),
    path("<str:number>/all/labels", runs.labels, name="labels"),
    path("<str:number>/all/list", runs.door_list, name="door_list"),
    path("<str:number>/all/<int:pk>/", runs.run, name="run"),
    path("<str:number>/all/<int:pk>/go-on", runs.advance, name="run_go_on"),
]

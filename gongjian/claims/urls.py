"""Addresses of the room."""

from django.urls import path

from gongjian.claims import views, views_answer

app_name = "claims"
urlpatterns = [
    path("", views_answer.listing, name="list"),
    path("on/<str:number>/", views.new, name="new"),
    path("<int:pk>/", views.claim, name="claim"),
    path("<int:pk>/complete", views.resubmit, name="resubmit"),
    path("<int:pk>/withdraw", views.withdraw, name="withdraw"),
    path("<int:pk>/file", views.package, name="package"),
    path("<int:pk>/approve", views_answer.approve, name="approve"),
    path("<int:pk>/pay", views_answer.pay, name="pay"),
    path("<int:pk>/send-back", views_answer.send_back, name="return"),
    path("<int:pk>/refuse", views_answer.refuse, name="refuse"),
    path("<int:pk>/answers/<int:answer_pk>/correct", views_answer.correct, name="correct"),
]

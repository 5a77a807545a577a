"""Addresses of the room. Fixed words come before the numbers of kits; nothing personal stands in any of them."""

from django.urls import path

from gongjian.kits.views import device, line, office

app_name = "kits"
urlpatterns = [
    path("", office.home, name="home"),
    path("case/<str:number>/", office.of_case, name="of_case"),
    path("take/", line.take, name="take"),
    path("device/", device.shell, name="device"),
    path("device/worker.js", device.worker, name="worker"),
    path("device/manifest.webmanifest", device.manifest, name="manifest"),
    path("<str:number>/", office.kit, name="kit"),
    path("<str:number>/code/", office.code, name="code"),
    path("<str:number>/end/", office.end, name="end"),
    path("<str:number>/settle/<int:line>/", office.settle, name="settle"),
    path("<str:number>/line/", line.hello, name="hello"),
    path("<str:number>/bring/", line.bring, name="bring"),
    path("<str:number>/files/<str:sha256>/", line.file, name="file"),
]

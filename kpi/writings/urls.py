from django.urls import URLPattern, URLResolver, path

from kpi.writings import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("kpi/writings/", views.list_writings, name="kpi-writings"),
    path("kpi/writings/new/", views.new, name="kpi-writing-new"),
    path("kpi/writings/<int:pk>/", views.show, name="kpi-writing"),
    path("kpi/writings/<int:pk>/edit/", views.edit, name="kpi-writing-edit"),
    path("kpi/writings/<int:pk>/hand-in/", views.hand_in, name="kpi-writing-hand-in"),
    path("kpi/writings/<int:pk>/read/", views.mark_read, name="kpi-writing-read"),
    path("kpi/writings/<int:pk>/writing.pdf", views.print_writing, name="kpi-writing-pdf"),
]

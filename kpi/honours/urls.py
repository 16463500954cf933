from django.urls import URLPattern, URLResolver, path

from kpi.honours import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("kpi/honours/", views.list_honours, name="kpi-honours"),
    path("kpi/honours/new/", views.new, name="kpi-honour-new"),
    path("kpi/honours/<int:pk>/", views.show, name="kpi-honour"),
    path("kpi/honours/<int:pk>/again/", views.again, name="kpi-honour-again"),
    path("kpi/honours/<int:pk>/certificate.pdf", views.print_certificate, name="kpi-honour-pdf"),
]

from django.urls import URLPattern, URLResolver, path

from campaigns.pilots import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("pilots/", views.list_pilots, name="pilots"),
    path("pilots/new/", views.plan_pilot, name="pilot-new"),
    path("pilots/<int:pk>/", views.show_pilot, name="pilot"),
    path("pilots/<int:pk>/measures/", views.write_measures, name="pilot-measures"),
    path("pilots/<int:pk>/units/new/", views.choose_unit, name="pilot-unit-new"),
    path("pilots/<int:pk>/rounds/<int:number>/figures/", views.tell_figures, name="pilot-figures"),
    path("pilots/<int:pk>/rounds/<int:number>/decide/", views.decide_round, name="pilot-decide"),
    path("pilots/<int:pk>/pilot.pdf", views.print_pilot, name="pilot-pdf"),
]

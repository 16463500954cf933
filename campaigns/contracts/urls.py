from django.urls import URLPattern, URLResolver, path

from campaigns.contracts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("deals/<int:pk>/contract/", views.show, name="deal-contract"),
    path("deals/<int:pk>/contract/round/", views.talk, name="contract-round"),
    path("deals/<int:pk>/contract/milestones/", views.milestones, name="contract-milestones"),
    path("deals/<int:pk>/contract/reached/", views.reached, name="contract-reached"),
    path("deals/<int:pk>/contract/plan/", views.plan, name="contract-plan"),
    path("deals/<int:pk>/contract/archive/", views.archive, name="contract-archive"),
    path("deals/<int:pk>/contract/check/", views.check, name="contract-check"),
]

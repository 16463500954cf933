from django.urls import URLPattern, URLResolver, path

from visits.bulletins import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/new/", views.publish_bulletin, name="publish_bulletin"),
    path("bulletins/<int:pk>/read/", views.acknowledge_bulletin, name="acknowledge_bulletin"),
    path("bulletins/<int:pk>/withdraw/", views.withdraw_bulletin, name="withdraw_bulletin"),
]

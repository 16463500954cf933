from django.urls import URLPattern, URLResolver, path

from kam.webhooks import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("ops/webhooks/", views.webhooks, name="webhooks"),
    path("ops/webhooks/<int:pk>/stop/", views.stop, name="webhook-stop"),
    path("ops/webhooks/<int:pk>/try/", views.attempt, name="webhook-try"),
    path("ops/webhooks/events/<int:pk>/again/", views.again, name="webhook-again"),
]

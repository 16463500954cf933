from django.urls import URLPattern, URLResolver, path

from campaigns.integrity import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("integrity/", views.list_register, name="integrity"),
    path("integrity/policy/", views.show_policy, name="integrity-policy"),
    path("integrity/<int:pk>/", views.show_benefit, name="benefit"),
]

from django.urls import URLPattern, URLResolver, path

from campaigns.agreements import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/", views.list_agreements, name="agreements"),
    path("agreements/<int:pk>/", views.show_agreement, name="agreement"),
    path("agreements/<int:pk>/renew/", views.renew, name="agreement-renew"),
    path("agreements/<int:pk>/end/", views.end, name="agreement-end"),
    path("accounts/<int:unit_pk>/agreements/new/", views.new_agreement, name="unit-agreement-new"),
]

from django.urls import URLPattern, URLResolver, path

from visits.bookings import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/resources/", views.show_resources, name="resources"),
    path("visits/resources/new/", views.add_resource, name="resource-new"),
    path("visits/resources/book/", views.lend, name="resource-lend"),
    path("visits/resources/bookings/<int:pk>/back/", views.give_back, name="booking-give-back"),
    path("visits/resources/<int:pk>/", views.edit_resource, name="resource"),
    path("visits/resources/<int:pk>/usable/", views.set_usable, name="resource-usable"),
]

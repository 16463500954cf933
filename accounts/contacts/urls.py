from django.urls import URLPattern, URLResolver, path

from accounts.contacts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/<int:unit_pk>/contacts/new/", views.add_contact, name="contact-new"),
    path("persons/<int:pk>/designate/", views.designate, name="person-designate"),
]

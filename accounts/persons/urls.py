from django.urls import URLPattern, URLResolver, path

from accounts.persons import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/<int:unit_pk>/persons/new/", views.add_person, name="person-new"),
    path("persons/<int:pk>/", views.show_person, name="person"),
    path("persons/<int:pk>/edit/", views.edit_person, name="person-edit"),
    path("persons/<int:pk>/assess/", views.assess_person, name="person-assess"),
    path("persons/<int:pk>/roles/", views.set_role, name="person-role"),
    path("persons/<int:pk>/key-person/", views.ask_change, name="person-key-change"),
    path("roles/<int:pk>/end/", views.end_role, name="role-end"),
    path("persons/<int:pk>/left/", views.mark_left, name="person-left"),
    path("persons/<int:pk>/relations/", views.add_relation, name="person-relation"),
    path("relations/<int:pk>/end/", views.end_relation, name="relation-end"),
]

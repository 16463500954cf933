from django.urls import URLPattern, URLResolver, path

from accounts.merge import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("duplicates/", views.list_duplicates, name="duplicate-files"),
    path("duplicates/<slug:kind>/<int:low>/<int:high>/apart/", views.keep_apart, name="keep-apart"),
    path("merges/", views.list_merges, name="merges"),
    path("merges/<int:pk>/", views.show_merge, name="merge"),
    path("merges/<int:pk>/edit/", views.change_merge, name="merge-edit"),
    path("merges/<int:pk>/undo/", views.undo_merge, name="merge-undo"),
    path("accounts/<int:pk>/merge/", views.choose_unit, name="unit-merge"),
    path("accounts/<int:pk>/merge/<int:other>/", views.merge_units, name="unit-merge-with"),
    path("persons/<int:pk>/merge/", views.choose_person, name="person-merge"),
    path("persons/<int:pk>/merge/<int:other>/", views.merge_persons, name="person-merge-with"),
]

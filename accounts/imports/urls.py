from django.urls import URLPattern, URLResolver, path

from accounts.imports import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/import/", views.upload, name="imports"),
    path("accounts/import/<int:pk>/", views.preview, name="import"),
    path("accounts/import/<int:pk>/columns/", views.choose_columns, name="import-columns"),
    path("accounts/import/<int:pk>/rows/<int:number>/", views.fix_cell, name="import-row"),
    path("accounts/import/<int:pk>/errors.xlsx", views.download_errors, name="import-errors"),
    path("accounts/import/<int:pk>/write/", views.write, name="import-write"),
    path("accounts/import/<int:pk>/stop/", views.stop, name="import-stop"),
    path("accounts/duplicates/", views.check_duplicates, name="duplicates"),
]

from django.urls import URLPattern, URLResolver, path

from campaigns.inspections import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("inspections/", views.list_inspections, name="inspections"),
    path("inspections/checklist/", views.write_rows, name="inspection-checklist"),
    path("outlets/<int:pk>/inspect/", views.inspect, name="outlet-inspect"),
    path("inspections/<int:pk>/", views.show_inspection, name="inspection"),
    path("inspections/<int:pk>/photos/", views.add_photo, name="inspection-photo"),
    path("inspections/<int:pk>/sheet.pdf", views.print_inspection, name="inspection-pdf"),
]

from django.urls import URLPattern, URLResolver, path

from kpi.targets import views, views_sheets

urlpatterns: list[URLPattern | URLResolver] = [
    path("kpi/targets/", views.list_targets, name="kpi-targets"),
    path("kpi/targets/new/", views.new, name="kpi-target-new"),
    path("kpi/targets/import/", views_sheets.import_sheet, name="kpi-targets-import"),
    path("kpi/targets/template.xlsx", views_sheets.download_template, name="kpi-targets-template"),
    path("kpi/targets/<int:pk>/", views.show, name="kpi-target"),
    path("kpi/targets/<int:pk>/change/", views.change, name="kpi-target-change"),
]

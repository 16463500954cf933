from django.urls import URLPattern, URLResolver, path

from visits.unit_plans import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/<int:pk>/plan/<str:span>/", views.show_plan, name="unit-span-plan"),
    path("accounts/<int:pk>/plan/<str:span>/sheet.pdf", views.print_plan, name="unit-span-plan-pdf"),
]

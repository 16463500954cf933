from django.urls import URLPattern, URLResolver, path

from accounts.service_plans import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("service-plans/", views.list_plans, name="service-plans"),
    path("service-plans/<int:pk>/", views.show_plan, name="service-plan"),
    path("accounts/<int:unit_pk>/service-plan/", views.show_plans, name="unit-service-plan"),
    path("accounts/<int:unit_pk>/service-plan.pdf", views.print_plans, name="unit-service-plan-pdf"),
    path("accounts/<int:unit_pk>/service-plan/edit/", views.edit_plans, name="unit-service-plan-edit"),
    path("accounts/<int:unit_pk>/service-plan/review/", views.review_plans, name="unit-service-plan-review"),
]

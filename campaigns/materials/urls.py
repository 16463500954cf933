from django.urls import URLPattern, URLResolver, path

from campaigns.materials import views, views_supplements

urlpatterns: list[URLPattern | URLResolver] = [
    path("materials/", views.list_materials, name="materials"),
    path("materials/<int:pk>/", views.show_material, name="material"),
    path("materials/<int:pk>/edit/", views.edit, name="material-edit"),
    path("materials/<int:pk>/arrived/", views.arrive, name="material-arrived"),
    path("materials/<int:pk>/move/", views.move_stock, name="material-move"),
    path("campaigns/<int:pk>/materials/new/", views.new_material, name="material-new"),
    path("campaigns/<int:pk>/materials/pdf/", views.print_bill, name="materials-pdf"),
    path("materials/supplements/", views_supplements.list_supplements, name="supplements"),
    path("materials/supplements/<int:pk>/", views_supplements.show_supplement, name="supplement"),
    path("materials/supplements/<int:pk>/edit/", views_supplements.edit_supplement, name="supplement-edit"),
    path(
        "materials/supplements/<int:pk>/report.pdf", views_supplements.print_supplement, name="supplement-pdf"
    ),
    path("campaigns/<int:pk>/supplements/new/", views_supplements.ask_supplement, name="supplement-new"),
]

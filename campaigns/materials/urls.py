from django.urls import URLPattern, URLResolver, path

from campaigns.materials import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("materials/", views.list_materials, name="materials"),
    path("materials/<int:pk>/", views.show_material, name="material"),
    path("materials/<int:pk>/edit/", views.edit, name="material-edit"),
    path("materials/<int:pk>/arrived/", views.arrive, name="material-arrived"),
    path("materials/<int:pk>/move/", views.move_stock, name="material-move"),
    path("campaigns/<int:pk>/materials/new/", views.new_material, name="material-new"),
    path("campaigns/<int:pk>/materials/pdf/", views.print_bill, name="materials-pdf"),
]

from django.urls import URLPattern, URLResolver, path

from accounts.competition import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("competitors/", views.list_positions, name="competitors"),
    path("competitors/<int:pk>/", views.show_competitor, name="competitor"),
    path("accounts/<int:unit_pk>/products/", views.show_chart, name="unit-products"),
    path("accounts/<int:unit_pk>/products.pdf", views.print_chart, name="unit-products-pdf"),
    path("accounts/<int:unit_pk>/products/<slug:code>/", views.learn, name="unit-product-learn"),
]

from django.urls import URLPattern, URLResolver, path

from campaigns.gifts import views, views_items

urlpatterns: list[URLPattern | URLResolver] = [
    path("gifts/", views.list_gifts, name="gifts"),
    path("gifts/items/", views_items.list_items, name="gift-items"),
    path("gifts/items/new/", views_items.add_item, name="gift-item-new"),
    path("gifts/items/<int:pk>/", views_items.show_item, name="gift-item"),
    path("gifts/items/<int:pk>/edit/", views_items.edit_item, name="gift-item-edit"),
    path("gifts/items/<int:pk>/stock/", views_items.book_stock, name="gift-item-stock"),
    path("accounts/<int:unit_pk>/gifts/new/", views.ask_gift, name="unit-gift-new"),
    path("gifts/<int:pk>/", views.show_gift, name="gift"),
    path("gifts/<int:pk>/edit/", views.edit_gift, name="gift-edit"),
    path("gifts/<int:pk>/issue/", views.issue_gift, name="gift-issue"),
    path("gifts/<int:pk>/hand-over/", views.hand_over, name="gift-hand-over"),
    path("gifts/<int:pk>/acknowledge/", views.acknowledge, name="gift-acknowledge"),
    path("gifts/<int:pk>/end/", views.end_gift, name="gift-end"),
    path("gifts/<int:pk>/request.pdf", views.print_gift, name="gift-pdf"),
]

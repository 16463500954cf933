from django.urls import URLPattern, URLResolver, path

from campaigns.supplies import views, views_stock

urlpatterns: list[URLPattern | URLResolver] = [
    path("supplies/", views.list_accounts, name="supply-accounts"),
    path("supplies/new/", views.ask_account, name="supply-account-new"),
    path("supplies/<int:pk>/", views.show_account, name="supply-account"),
    path("supplies/<int:pk>/edit/", views.edit_account, name="supply-account-edit"),
    path("supplies/<int:pk>/draw/", views.hand_out, name="supply-draw"),
    path("supplies/<int:pk>/back/", views.take_back, name="supply-back"),
    path("supplies/<int:pk>/used/", views.use_up, name="supply-used"),
    path("supplies/<int:pk>/close/", views.close_account, name="supply-account-close"),
    path("supplies/<int:pk>/statement.pdf", views.print_statement, name="supply-statement"),
    path("supplies/stock/", views_stock.list_supplies, name="supplies"),
    path("supplies/stock/new/", views_stock.add_supply, name="supply-new"),
    path("supplies/stock/<int:pk>/", views_stock.show_supply, name="supply"),
    path("supplies/stock/<int:pk>/edit/", views_stock.edit_supply, name="supply-edit"),
    path("supplies/stock/<int:pk>/move/", views_stock.move_supply, name="supply-move"),
]

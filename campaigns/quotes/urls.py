from django.urls import URLPattern, URLResolver, path

from campaigns.quotes import api, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("quotes/", views.list_quotes, name="quotes"),
    path("quotes/<int:pk>/", views.show_quote, name="quote"),
    path("quotes/<int:pk>/price/", views.price_again, name="quote-price"),
    path("quotes/<int:pk>/withdraw/", views.withdraw, name="quote-withdraw"),
    path("quotes/<int:pk>/deal/", views.agree, name="quote-agree"),
    path("quotes/<int:pk>/special/", views.special, name="quote-special"),
    path("quotes/<int:pk>/pdf/", views.print_quote, name="quote-pdf"),
    path("quotes/comparison/<int:campaign_pk>/", views.print_comparison, name="quotes-comparison"),
    path("accounts/<int:unit_pk>/quotes/new/", views.new_quote, name="unit-quote-new"),
    path("persons/<int:pk>/certificate/", views.certify, name="person-certificate"),
    path("api/v1/quotes/preview", api.preview, name="api-quotes-preview"),
]

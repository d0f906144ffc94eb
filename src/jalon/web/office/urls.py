"""Addresses of the office space."""

app_name = "office"
urlpatterns: list = []

"""Addresses of the demo space."""

app_name = "demo"
urlpatterns: list = []

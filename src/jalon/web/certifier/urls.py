"""Addresses of the certifier space."""

app_name = "certifier"
urlpatterns: list = []

"""Addresses of the public space."""

app_name = "public"
urlpatterns: list = []

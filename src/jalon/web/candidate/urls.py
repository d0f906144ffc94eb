"""Addresses of the candidate space."""

app_name = "candidate"
urlpatterns: list = []

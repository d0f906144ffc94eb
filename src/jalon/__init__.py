"""Jalon carries a person's whole validation of experience (VAE) to a CQPM."""

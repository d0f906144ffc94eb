"""Proofs of the law: pure functions, no database."""

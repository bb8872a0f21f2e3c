"""Sambat Rene Ker: what the city of Malang is told, and what it answers."""

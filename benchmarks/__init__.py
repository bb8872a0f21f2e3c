"""Trials against a running server, from outside: load, kills, polling, weight, and the mutants that prove a trial can fail."""

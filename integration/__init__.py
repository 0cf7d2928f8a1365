"""dag-lint inside other people's tools: each client is driven as its users run it. `python -m integration`."""

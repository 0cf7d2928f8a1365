"""Inspections kept from earlier runs, for files that are as they were, and so is all that was looked at for them.

An entry is found by what its findings depend on (`keys`), and holds besides what its analysis asked of the files
around it, with the answers: it counts while they are the same.
"""

from dag_lint.caching.cache import Cache

__all__ = ["Cache"]

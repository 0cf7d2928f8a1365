"""Finds what dag-lint does not survive: mutates DAG files and holds the findings against laws.

It runs nothing that it mutates. It is no part of the distribution, and needs nothing that dag-lint does not.
"""

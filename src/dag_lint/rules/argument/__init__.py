"""What DAGs and operators are given."""

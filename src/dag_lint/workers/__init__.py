"""Files inspected by worker processes: several at once, and whatever happens to a worker costs one file."""

from dag_lint.workers.pool import SECONDS, inspected_by_workers

__all__ = ["SECONDS", "inspected_by_workers"]

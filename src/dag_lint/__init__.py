"""dag-lint: a linter for Apache Airflow DAG files."""

__version__ = "0.1.0"

"""It makes a DAG for AIRFLOW."""

from factory import make

made = make("both_words")

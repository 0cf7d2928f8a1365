"""It loads with Airflow."""

from factory import make

made = make("only_airflow")

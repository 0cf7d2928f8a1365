"""An asset of Airflow."""

from factory import make

made = make("an_asset")

"""Rules about what Airflow finds: files, DAGs and their ids."""

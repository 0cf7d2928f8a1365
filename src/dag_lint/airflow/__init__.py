"""What Airflow is, as data by version: free of libcst, cheap to import, tables loaded when asked for."""

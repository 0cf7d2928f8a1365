"""From a syntax tree to a DagFile: what Airflow would make of the file, by Airflow's own semantics."""

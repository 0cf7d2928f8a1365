"""Functions that become tasks elsewhere."""
from airflow.decorators import task


@task(task_id="cleaned")
def clean(value):
    return value


@task
def numbered(letter):
    return letter

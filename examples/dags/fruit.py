import random
import time

import pendulum
from airflow import DAG
from airflow.operators.python import PythonOperator

with DAG(
    dag_id="shedule_3_hour",
    schedule="3 * * * *",
    start_date=pendulum.datetime(2023, 3, 1),
    catchup=False,
) as dag:

    def select_fruit():
        fruits = ["APPLE", "BANANA", "ORANGE", "AVOCADO"]
        time.sleep(10)
        print(random.choice(fruits))

    PythonOperator(task_id="select_fruit", python_callable=select_fruit)

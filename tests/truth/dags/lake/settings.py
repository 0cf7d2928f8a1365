from datetime import datetime

from .naming import PREFIX

DEFAULTS = {"start_date": datetime(2024, 1, 1), "catchup": False, "tags": [PREFIX]}
schedules = {"Trout": "@daily", "Pike": "0 */2 * * *"}

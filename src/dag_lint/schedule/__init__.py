"""A schedule as times: what it is, how often it runs, in words, and what a dag_id claims of it.

Pure: knows no syntax tree, no file and no clock. croniter is imported when the first cron is parsed.
"""

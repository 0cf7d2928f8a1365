"""Rules about schedules and dates."""

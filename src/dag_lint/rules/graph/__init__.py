"""Rules about tasks and what they wait for."""

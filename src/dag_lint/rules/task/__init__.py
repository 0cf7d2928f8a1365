"""What a task does when it runs."""

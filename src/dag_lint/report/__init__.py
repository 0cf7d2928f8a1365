"""What was found, as text: one pure function for each form."""

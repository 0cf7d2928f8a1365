"""What dag-lint costs, measured side by side with what it is compared to: `python -m benchmarks`."""

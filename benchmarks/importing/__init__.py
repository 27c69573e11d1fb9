"""What the benchmark of the import consists of."""

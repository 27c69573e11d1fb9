"""What a new cinema shows until it has films of its own."""

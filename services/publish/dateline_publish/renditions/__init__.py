"""What outlets get: one module an output format, each pure."""

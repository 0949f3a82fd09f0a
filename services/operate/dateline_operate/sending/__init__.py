"""Copy handed in: single messages, archives, samples."""

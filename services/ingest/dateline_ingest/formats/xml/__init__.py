"""XML read with the doors shut."""

"""How commands read what people type, and print."""

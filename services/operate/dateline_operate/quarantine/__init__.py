"""What could not be dealt with: shown, and tried again."""

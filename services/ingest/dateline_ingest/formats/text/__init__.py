"""Plain text, in an agency's shape or copied from a page."""

"""ANPA 1312, the wire service format of North America."""

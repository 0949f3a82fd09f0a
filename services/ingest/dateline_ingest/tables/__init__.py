"""Data tables of the ingest service: knowledge of how wires and pages look, reviewed by editors."""

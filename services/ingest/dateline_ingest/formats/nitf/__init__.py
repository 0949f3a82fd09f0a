"""NITF, as a message of its own and inside NewsML."""

"""NewsML-G2, in XML and in JSON."""

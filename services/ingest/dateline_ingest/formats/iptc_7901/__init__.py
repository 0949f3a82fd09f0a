"""IPTC 7901, the text transmission format."""

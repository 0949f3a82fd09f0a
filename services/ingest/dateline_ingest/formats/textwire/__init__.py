"""Conventions that all text wires share."""

"""Formats that agencies, publishers and aggregators made for themselves, in JSON and in XML."""

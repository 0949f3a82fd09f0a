"""Replay: run, compared, told."""

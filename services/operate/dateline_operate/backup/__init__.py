"""Backups: as a folder, made, put back."""

"""Feeds as operators write, try and watch them."""

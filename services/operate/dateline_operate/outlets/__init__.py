"""Outlets: their logins, how far they have read, and which releases and kills they have taken."""

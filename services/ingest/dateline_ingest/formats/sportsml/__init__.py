"""SportsML, alone and inside NewsML-G2."""

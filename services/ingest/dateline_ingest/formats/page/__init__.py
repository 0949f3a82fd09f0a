"""An outlet's web page."""

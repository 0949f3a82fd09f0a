"""Bodies: markup of any kind in, plain paragraphs and clean HTML out."""

"""Ways in: one module a door. A door knows who pushes and how to answer; what is taken in is intake's."""

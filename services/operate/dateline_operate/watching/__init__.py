"""What came of it: releases as they come, a story's events, how far a version got."""

"""What single values mean, whatever format they stand in: times, datelines, credit lines."""

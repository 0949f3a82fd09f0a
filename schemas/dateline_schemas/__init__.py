"""The contract of Dateline: values, events, the path between services, and how they are written down. No I/O."""

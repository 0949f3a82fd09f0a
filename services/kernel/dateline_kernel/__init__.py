"""What every Dateline service stands on: the journal, the service builder, settings, logs, telemetry."""

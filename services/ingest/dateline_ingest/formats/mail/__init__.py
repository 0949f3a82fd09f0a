"""Mail: as it travels, as Outlook keeps it, and what is packed, signed or forwarded in it."""

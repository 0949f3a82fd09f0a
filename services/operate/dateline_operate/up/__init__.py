"""``dateline up``: all of Dateline on one machine, watched."""

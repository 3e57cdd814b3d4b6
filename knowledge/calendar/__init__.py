"""Appointments as they are written: typed in a line, and in calendar files (iCalendar, RFC 5545)."""

"""The terminal: reads what was typed, calls `sayso.case`, prints what comes back."""

"""Where records, captures and the log are kept."""

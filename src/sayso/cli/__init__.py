"""The command line: parse arguments, call `Case`, print."""

"""Bytes to documents; each reader runs in a child process with limits."""

"""Scores on public sets and on our own gold, held against the floors in floors.json."""

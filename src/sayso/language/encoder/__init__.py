"""The trained span finder: words, pieces, windows, the network, and its scores read as attributions."""

"""Speed and memory, always as figures and ratios of one run."""

"""The order of the stages, and the processes they run in."""

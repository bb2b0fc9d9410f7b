"""The people of a team: who they are, what they may do in which case, and how they come in."""

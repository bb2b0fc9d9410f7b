"""Records, their ids and checks, the protocols and the error tree: what every other room speaks."""

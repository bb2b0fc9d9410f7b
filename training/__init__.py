"""How the shipped model was made: `recipe.sh` runs every step, `CARD.md` says what came of it."""

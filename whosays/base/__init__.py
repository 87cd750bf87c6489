"""What every other package may lean on: where things are, names loaded late, Python in a browser."""

"""What a case shows: who says a thing, from whom, in which words, and who bears it out."""

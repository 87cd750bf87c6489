"""What a case shows: who says a thing, from whom, in which wording, and which accounts bear it out."""

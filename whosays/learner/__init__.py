"""A learner's own work, kept on the learner's own machine, and the words for a verdict."""

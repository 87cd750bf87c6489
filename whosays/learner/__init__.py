"""A learner's own work, kept on the learner's own machine: answers, visits."""

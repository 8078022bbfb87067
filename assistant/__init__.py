"""From a question to a cited answer, or to an abstention that says why."""

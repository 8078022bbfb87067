"""Question sets, runs over them, and what they measured."""

"""From documents to generations on disk, and from questions to hits."""

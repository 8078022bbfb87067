"""From files to documents: loading, outline, metadata, passages."""

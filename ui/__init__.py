"""The edges where people are: the command line and the chat page."""

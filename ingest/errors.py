"""Every error that Kaderwijzer raises on purpose, phrased for the person who can mend it.

A message says what was found, what was expected and what to do. The edges (command line, chat page) show the
message and nothing else; `exit_code` is what the command line returns.
"""


class KaderwijzerError(Exception):
    """Anything that was refused for a reason a person can understand."""

    exit_code = 1


class UnreadableDocument(KaderwijzerError):
    """A file that cannot become a document: unknown format, damaged, empty, or without text."""


class NothingToIngest(KaderwijzerError):
    """The paths given hold no file that could be read."""


class UnknownDocument(KaderwijzerError):
    """A document id (or municipality) that the index does not hold."""


class IndexMissing(KaderwijzerError):
    """There is no index yet."""


class IndexMismatch(KaderwijzerError):
    """The index was built by another embedding model or in another format than is configured now."""


class IndexBusy(KaderwijzerError):
    """Another process is writing the index."""


class ModelUnavailable(KaderwijzerError):
    """A configured model cannot be opened."""


class InvalidQuestion(KaderwijzerError):
    """A question that is empty or too long to be one."""


class InvalidQuestionSet(KaderwijzerError):
    """A question set or batch file with a line that does not follow its schema."""


class InvalidSettings(KaderwijzerError):
    """A setting whose value cannot be used."""


class UnsoundAnswer(KaderwijzerError):
    """An answer that breaks an invariant; it is never shown. Seeing this error means a fault in Kaderwijzer."""


def first_line(error: BaseException) -> str:
    """What a library says of its error, short enough for a message of ours; its name where it says nothing."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]

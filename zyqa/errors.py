"""Every error zyqa raises on purpose. Each has a ``hint``: what to do next.

ZyqaError
├── SettingsError        an unknown or bad setting
├── QuestionError        an empty or far too long question
├── CorpusError          a document that cannot be taken in
│   ├── UnreadableFile       damaged, encrypted, without text, or not what its name says
│   ├── UnsupportedFormat    a format zyqa does not read
│   ├── EmptyDocument        read, but there is no text in it
│   └── FileTooLarge         larger than ``max_file_mb``
├── StoreError           the library on disk
│   ├── StoreMissing         there is none
│   ├── StoreDamaged         it cannot be read
│   ├── StoreStale           built by another version or with other settings
│   ├── StoreLocked          another process is writing
│   └── StoreFull            no space left on the device
├── BackendError         an optional part that lies outside zyqa (``retryable``)
│   ├── BackendMissing       not installed
│   ├── BackendFailed        it answered with an error
│   └── BackendTimeout       it did not answer in time
└── NotFound
    ├── UnknownDocument      no such document in the library
    └── UnknownClause        no such clause in the document
"""


class ZyqaError(Exception):
    """The root. ``str(error)`` says what happened, ``error.hint`` what to do next."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.hint = hint
        self.add_note(hint)  # a traceback shows it


class SettingsError(ZyqaError):
    """An unknown setting, or a value that is not allowed."""


class QuestionError(ZyqaError):
    """A question that cannot be asked: empty, or far too long."""


class CorpusError(ZyqaError):
    """A document that cannot be taken in."""


class UnreadableFile(CorpusError):
    """The file is damaged, encrypted, has no text layer, or is not what its name says."""


class UnsupportedFormat(CorpusError):
    """zyqa does not read files of this format."""


class EmptyDocument(CorpusError):
    """The file was read, but holds no text."""


class FileTooLarge(CorpusError):
    """The file, or what it unpacks to, is larger than the limit."""


class StoreError(ZyqaError):
    """The library on disk cannot be used as it is."""


class StoreMissing(StoreError):
    """There is no library in this place."""


class StoreDamaged(StoreError):
    """The library cannot be read."""


class StoreStale(StoreError):
    """The library was built by another version or with other settings."""


class StoreLocked(StoreError):
    """Another process is writing to the library."""


class StoreFull(StoreError):
    """There is no space left on the device; the library is as it was."""


class BackendError(ZyqaError):
    """An optional part outside zyqa failed; ``retryable`` says whether trying again may help."""

    def __init__(self, message: str, *, hint: str, retryable: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.retryable = retryable


class BackendMissing(BackendError):
    """An optional package is not installed; the hint is the install command."""


class BackendFailed(BackendError):
    """The backend answered with an error."""


class BackendTimeout(BackendError):
    """The backend did not answer in time."""


class NotFound(ZyqaError):
    """Something was asked for by name, and is not there."""


class UnknownDocument(NotFound):
    """No such document in the library; the hint offers the nearest ones."""


class UnknownClause(NotFound):
    """No such clause in the document; the hint offers the nearest ones."""

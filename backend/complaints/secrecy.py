"""Who may know: the lower bound the citizen sets, which nobody in the city may lower."""

from enum import StrEnum


class Secrecy(StrEnum):
    """Name hidden: the text is public after moderation, the name is not. Anonymous: nobody knows who, and nothing kept could tell."""

    NAME_HIDDEN = "name_hidden"
    ANONYMOUS = "anonymous"

"""Accounts, what they may do and until when, their sessions, and tries at guessing."""

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.agencies.tables import Agency


class Account(Table):
    """A person who signs in. `password_hash` is argon2id."""

    id = UUID(primary_key=True, default=None)
    name = Text()
    email = Varchar(length=254, unique=True)
    password_hash = Text(secret=True)
    demo = Boolean(default=False)
    disabled_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)


class RoleGrant(Table, tablename="role_grant"):
    """A role given to an account, for an agency where the role has one, from a day until a day (both included)."""

    id = UUID(primary_key=True, default=None)
    account = ForeignKey(references=Account, null=False, index=True)
    role = Varchar(length=20)
    agency = ForeignKey(references=Agency, null=True, default=None)
    head = Boolean(default=False)
    valid_from = Date(default=None)
    valid_until = Date(null=True, default=None)


class Session(Table):
    """A signed-in browser, or a guest who proved keys. The key is the SHA-256 of the cookie's token, in hex.

    `alone`: it holds one anonymous complaint and will never hold another, so that nothing joins the two; its times are full hours.
    """

    token_hash = Varchar(length=64, primary_key=True, default=None)
    account = ForeignKey(references=Account, null=True, default=None, index=True)
    scope = Varchar(length=32)
    alone = Boolean(default=False)
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)


class SessionClaim(Table, tablename="session_claim"):
    """A complaint whose key a guest's session has proved."""

    id = UUID(primary_key=True, default=None)
    session = ForeignKey(references=Session, null=False, index=True)
    complaint = UUID(default=None)


class Attempt(Table):
    """Tries at something guessable, counted per key (`sign-in:account:…`, `claim:source:…`) within a window."""

    key = Varchar(length=120, primary_key=True, default=None)
    tries = Integer(default=0)
    window_ends_at = Timestamptz(default=None)

"""Accounts, what they may do and until when, their sessions, second factors, codes, and tries at guessing."""

from piccolo.columns import UUID, BigInt, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.agencies.tables import Agency


class Account(Table):
    """A person who signs in. `password_hash` is argon2id, empty for a citizen who signs in with codes.

    `totp_secret` is sealed with the house's secret; the factor counts once `totp_since` is set. `totp_step`: the last
    time step that was used, so that no code works twice. `mail_me`: news of my complaints by mail too.
    """

    id = UUID(primary_key=True, default=None)
    name = Text()
    email = Varchar(length=254, unique=True)
    password_hash = Text(secret=True)
    demo = Boolean(default=False)
    disabled_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)
    phone = Varchar(length=20, default="")
    mail_me = Boolean(default=True)
    totp_secret = Text(default="", secret=True)
    totp_since = Timestamptz(null=True, default=None)
    totp_step = BigInt(default=0)


class RoleGrant(Table, tablename="role_grant"):
    """A role given to an account, for an agency where the role has one, from a day until a day (both included).

    `acts_for`: a delegate's grant names whose role it is. Of roles given by two (`permissions.BY_TWO`) nothing counts before
    `confirmed_by` is set; `proposed_by` none: opened at the console. `ended_at`: taken back, at once;
    `ended_by` and `ended_reason` say by whom and why, also of a proposal that was refused.
    """

    id = UUID(primary_key=True, default=None)
    account = ForeignKey(references=Account, null=False, index=True)
    role = Varchar(length=20)
    agency = ForeignKey(references=Agency, null=True, default=None)
    head = Boolean(default=False)
    valid_from = Date(default=None)
    valid_until = Date(null=True, default=None)
    acts_for = ForeignKey(references=Account, null=True, default=None)
    reason = Text(default="")
    proposed_by = ForeignKey(references=Account, null=True, default=None)
    proposed_at = Timestamptz(null=True, default=None)
    confirmed_by = ForeignKey(references=Account, null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    refused_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_by = ForeignKey(references=Account, null=True, default=None)
    ended_reason = Text(default="")


class Session(Table):
    """A signed-in browser, or a guest who proved keys. The key is the SHA-256 of the cookie's token, in hex.

    `alone`: it holds one anonymous complaint and will never hold another, so that nothing joins the two; its times are full hours.
    `browser`: as its owner knows it, "Chrome di Android". `proved`: a second factor was shown.
    """

    token_hash = Varchar(length=64, primary_key=True, default=None)
    account = ForeignKey(references=Account, null=True, default=None, index=True)
    scope = Varchar(length=32)
    alone = Boolean(default=False)
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    browser = Varchar(length=60, default="")
    proved = Boolean(default=False)


class SessionClaim(Table, tablename="session_claim"):
    """A complaint whose key a guest's session has proved."""

    id = UUID(primary_key=True, default=None)
    session = ForeignKey(references=Session, null=False, index=True)
    complaint = UUID(default=None)


class Code(Table):
    """Something sent to an address that proves who reads there, once. `kind`: sign_in, second_factor, reset, invitation.

    The key is the SHA-256 of what the browser keeps (codes typed by hand) or of the link's token. `answer` is the SHA-256
    of the typed code with that token; empty where the token alone proves. `data`: the role an invitation gives, as JSON.
    """

    token_hash = Varchar(length=64, primary_key=True, default=None)
    kind = Varchar(length=16)
    email = Varchar(length=254)
    account = ForeignKey(references=Account, null=True, default=None, index=True)
    answer = Varchar(length=64, default="")
    tries = Integer(default=0)
    data = Text(default="{}")
    created_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)


class RecoveryCode(Table, tablename="recovery_code"):
    """One of the codes that stand in for a lost second factor, once; only a hash is kept."""

    id = UUID(primary_key=True, default=None)
    account = ForeignKey(references=Account, null=False, index=True)
    code_hash = Varchar(length=64)
    used_at = Timestamptz(null=True, default=None)


class Attempt(Table):
    """Tries at something guessable, counted per key (`sign-in:account:…`, `claim:source:…`) within a window."""

    key = Varchar(length=120, primary_key=True, default=None)
    tries = Integer(default=0)
    window_ends_at = Timestamptz(default=None)

"""Signed statements (xAPI 1.0.3 part 2, 2.6): a JSON web signature among the attachments (RFC 7515, RFC 7518)."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sclt.lrs.decoding import decoded
from sclt.lrs.judging import is_sound
from sclt.lrs.refusal import Refusal
from sclt.storage.extras import missing
from sclt.xapi.rules.attachment import SIGNATURE
from sclt.xapi.statements.identity import Json, same_statement

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_ALGORITHMS = {"RS256": "SHA256", "RS384": "SHA384", "RS512": "SHA512"}
"""The algorithms that a signature may have (2.6.s4.b4), and their hash functions."""


def check(statements: Iterable[Json], contents: Mapping[str, bytes], version: str) -> None:
    """Refuse with 400 a statement with a signature that is malformed, signs another statement, or is not genuine.

    ``contents`` are those of attachments by their SHA-2; a signature that is only linked to is not judged.
    """
    for statement in statements:
        for attachment in statement.get("attachments", ()):
            content = contents.get(attachment["sha2"].lower())
            if attachment["usageType"] == SIGNATURE and content is not None:
                _check(statement, content, version)


def _check(statement: Json, jws: bytes, version: str) -> None:
    pieces = jws.strip().split(b".")
    if len(pieces) != 3:
        raise Refusal(400, "A signature is a JSON web signature of three parts with points between (RFC 7515, 3.1).")
    head, payload, signature = (_octets(piece) for piece in pieces)
    header = decoded(head, "The header of the signature")
    if not isinstance(header, dict) or str(header.get("alg")) not in _ALGORITHMS or "crit" in header:
        raise Refusal(400, "The algorithm of a signature is RS256, RS384 or RS512 (2.6.s4.b4).")
    signed = decoded(payload, "The payload of the signature")
    if not is_sound(signed, version) or not _signs(signed, statement):
        raise Refusal(400, "The signature signs another statement than the one that it is attached to (2.6.s5).")
    if "x5c" in header:
        _verify(header, b".".join(pieces[:2]), signature)


def _octets(text: bytes) -> bytes:
    """Read base64url without padding."""
    try:
        return b64decode(text.translate(bytes.maketrans(b"-_", b"+/")) + b"=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise Refusal(400, "A part of the signature is not base64url (RFC 7515, 2).") from None


def _signs(signed: Json, statement: Json) -> bool:
    """Tell whether what was signed is the statement before the signature came to it."""
    same_id = "id" not in signed or signed["id"].lower() == statement["id"].lower()
    return same_id and same_statement(signed, statement) and _others(signed) == _others(statement)


def _others(statement: Json) -> set[str]:
    """Return the sums of the attachments that are no signatures."""
    listed = statement.get("attachments", ())
    return {each["sha2"].lower() for each in listed if each["usageType"] != SIGNATURE}


def _verify(header: Json, signed: bytes, signature: bytes) -> None:
    """Refuse with 400 a signature that the first certificate's key did not make (RFC 7515, 4.1.6)."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    except ImportError as error:
        raise missing(str(error.name), "lrs") from error
    function = getattr(hashes, _ALGORITHMS[header["alg"]])()
    try:
        _key(header["x5c"]).verify(signature, signed, PKCS1v15(), function)
    except InvalidSignature:
        raise Refusal(400, "The signature was not made with the key of its certificate (2.6.s5).") from None


def _key(certificates: Any) -> RSAPublicKey:
    """Return the key of the first of the certificates in a header, which are DER in base64."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    try:
        key = x509.load_der_x509_certificate(b64decode(certificates[0], validate=True)).public_key()
    except Exception as error:  # cryptography has many for what is no certificate
        raise Refusal(400, "x5c of the signature's header holds no X.509 certificate.") from error
    if not isinstance(key, RSAPublicKey):
        raise Refusal(400, "The certificate of the signature has no RSA key.")
    return key

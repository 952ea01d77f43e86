"""Attachments and signatures beyond the cases of requirements.yaml."""

from __future__ import annotations

import datetime
import hashlib
import json
from base64 import b64encode, urlsafe_b64encode
from typing import Any

import pytest
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from sclt.xapi.rules.attachment import SIGNATURE
from tests.unit.lrs.http import Client
from tests.unit.lrs.test_requirements import contents

STATEMENT = {
    "id": "6ba7b810-9dad-41d1-80b4-000000000001",
    "actor": {"mbox": "mailto:ona@example.org"},
    "verb": {"id": "http://v/did"},
    "object": {"id": "http://a/1"},
    "timestamp": "2026-03-01T12:00:00+02:00",
}
FILE = {"usageType": "http://u/file", "display": {"en": "A file"}, "contentType": "application/octet-stream"}


def attached(content: bytes, **more: Any) -> dict[str, Any]:
    return {**FILE, "length": len(content), "sha2": hashlib.sha256(content).hexdigest(), **more}


def send(
    lrs: Client, statement: Any, *sent: bytes, line: bytes = b"\r\n", sums: tuple[str, ...] = ()
) -> urllib3.BaseHTTPResponse:
    """POST statements with contents; ``sums`` are told in place of the right ones."""
    named = sums or tuple(hashlib.sha256(content).hexdigest() for content in sent)
    pieces = [b"--b", b"Content-Type: application/json", b"", json.dumps(statement).encode()]
    for content, sha2 in zip(sent, named, strict=True):
        pieces += [
            b"--b",
            b"Content-Transfer-Encoding: binary",
            f"X-Experience-API-Hash: {sha2}".encode(),
            b"",
            content,
        ]
    body = line.join([*pieces, b"--b--", b""])
    return lrs.ask("POST", "statements", body, {"Content-Type": "multipart/mixed; boundary=b"})


def kept(lrs: Client) -> int:
    with lrs.store.reading() as db:
        return int(db.execute("SELECT count(*) FROM attachments").fetchone()[0])


def test_any_octets_come_back_as_they_went(lrs: Client) -> None:
    content = bytes(range(256)) + b"\r\n--x\r\n\r\n"
    assert send(lrs, {**STATEMENT, "attachments": [attached(content)]}, content).status == 200
    assert content in lrs.ask("GET", "statements", attachments="true").data


@pytest.mark.parametrize("content", [b"", b"\r\n", b"text\n"])
def test_contents_of_line_ends(lrs: Client, content: bytes) -> None:
    assert send(lrs, {**STATEMENT, "attachments": [attached(content)]}, content).status == 200
    assert contents(lrs.ask("GET", "statements", attachments="true")) == [content.decode()]


def test_lines_that_end_in_a_line_feed_alone(lrs: Client) -> None:
    assert send(lrs, {**STATEMENT, "attachments": [attached(b"text")]}, b"text", line=b"\n").status == 200
    assert contents(lrs.ask("GET", "statements", attachments="true")) == ["text"]


def test_octets_that_a_client_wrote_as_letters(lrs: Client) -> None:
    meant = bytes(range(128, 256))
    sent = meant.decode("latin-1").encode()
    answer = send(lrs, {**STATEMENT, "attachments": [attached(meant)]}, sent, sums=(attached(meant)["sha2"],))
    assert answer.status == 200, answer.data
    assert meant in lrs.ask("GET", "statements", attachments="true").data


def test_a_content_is_kept_once_and_goes_with_the_last_that_has_it(lrs: Client) -> None:
    one, two = ({**STATEMENT, "id": f"{STATEMENT['id'][:-1]}{n}", "attachments": [attached(b"same")]} for n in (1, 2))
    assert send(lrs, one, b"same").status == send(lrs, two, b"same").status == 200
    assert kept(lrs) == 1
    for left, statement in ((1, one), (0, two)):
        with lrs.store.writing() as db:
            db.execute("DELETE FROM statements WHERE id = ?", (statement["id"],))
        assert kept(lrs) == left


def test_nothing_is_kept_of_what_is_refused(lrs: Client) -> None:
    bad = {**STATEMENT, "verb": {}, "attachments": [attached(b"text")]}
    assert send(lrs, [{**STATEMENT, "id": None, "attachments": [attached(b"text")]}, bad], b"text").status == 400
    assert send(lrs, {**STATEMENT, "attachments": [attached(b"text")]}, b"text").status == 200
    other = {**STATEMENT, "verb": {"id": "http://v/else"}, "attachments": [attached(b"more")]}
    assert send(lrs, other, b"more").status == 409
    assert kept(lrs) == 1


def test_a_statement_that_is_known_gets_no_other_content(lrs: Client) -> None:
    lrs.post({**STATEMENT, "attachments": [attached(b"text", fileUrl="http://f/1")]})
    assert send(lrs, {**STATEMENT, "attachments": [attached(b"text")]}, b"text").status == 200
    assert kept(lrs) == 0


def test_pages_end_before_their_contents_are_too_much(lrs: Client) -> None:
    texts = [bytes([65 + n]) * 45_000 for n in range(5)]
    for n, text in enumerate(texts):
        statement = {**STATEMENT, "id": f"{STATEMENT['id'][:-1]}{n}", "attachments": [attached(text)]}
        assert send(lrs, statement, text).status == 200
    url, seen = "/xapi/statements?attachments=true&ascending=true", []
    while url:
        headers = {**lrs.basic, "X-Experience-API-Version": "1.0.3"}
        answer = lrs.pool.request("GET", lrs.address.root + url, headers=headers)
        seen.append(len(contents(answer)))
        url = json.loads(answer.data.split(b"\r\n")[3])["more"]
    assert seen == [2, 2, 1]  # 100,000 octets are the limit of the LRS of these tests


# signatures


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def certificate(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ona")])
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = builder.serial_number(1).not_valid_before(day).not_valid_after(day + datetime.timedelta(days=3650))
    return b64encode(dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)).decode()


def url64(octets: bytes) -> bytes:
    return urlsafe_b64encode(octets).rstrip(b"=")


def jws(key: rsa.RSAPrivateKey, payload: bytes, **header: Any) -> bytes:
    """Sign as RFC 7515 says; the algorithm is RS256 where none is given."""
    told = {"alg": "RS256", **header}
    function = {"RS384": hashes.SHA384(), "RS512": hashes.SHA512()}.get(str(told["alg"]), hashes.SHA256())
    signed = url64(json.dumps(told).encode()) + b"." + url64(payload)
    return signed + b"." + url64(key.sign(signed, padding.PKCS1v15(), function))


def signed(lrs: Client, statement: dict[str, Any], signature: bytes, *more: bytes) -> tuple[int, str]:
    others = statement.get("attachments", [])
    listed = [*others, attached(signature, usageType=SIGNATURE)]
    answer = send(lrs, {**statement, "attachments": listed}, *more, signature)
    return answer.status, answer.data.decode()


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
def test_a_signature_with_a_certificate(lrs: Client, key: rsa.RSAPrivateKey, algorithm: str) -> None:
    payload = json.dumps(STATEMENT).encode()
    good = jws(key, payload, alg=algorithm, x5c=[certificate(key)])
    head, body, signature = good.split(b".")
    forged = b".".join([head, body, signature[::-1]])
    assert signed(lrs, STATEMENT, forged)[0] == 400
    assert signed(lrs, STATEMENT, good)[0] == 200
    assert good.decode() in contents(lrs.ask("GET", "statements", attachments="true"))


def test_the_signature_of_another_key_or_no_certificate(lrs: Client, key: rsa.RSAPrivateKey) -> None:
    payload = json.dumps(STATEMENT).encode()
    other = certificate(rsa.generate_private_key(65537, 2048))
    curve = certificate(ec.generate_private_key(ec.SECP256R1()))
    for chain, word in (
        ([other], "key"),
        ([curve], "RSA"),
        (["AAAA"], "X.509"),
        ([], "X.509"),
        ("x", "X.509"),
        (1, "X.509"),
    ):
        status, said = signed(lrs, STATEMENT, jws(key, payload, x5c=chain))
        assert (status, word in said) == (400, True), said
    assert lrs.find() == []


def test_what_the_lrs_adds_is_not_signed(lrs: Client, key: rsa.RSAPrivateKey) -> None:
    told = {
        **STATEMENT,
        "timestamp": "2026-03-01T10:00:00Z",
        "version": "1.0.0",
        "authority": {"mbox": "mailto:a@b.lt"},
    }
    assert signed(lrs, told, jws(key, json.dumps(STATEMENT).encode()))[0] == 200


def test_a_signature_beside_another_attachment(lrs: Client, key: rsa.RSAPrivateKey) -> None:
    statement = {**STATEMENT, "attachments": [attached(b"text")]}
    signature = jws(key, json.dumps(statement).encode())
    assert signed(lrs, {**STATEMENT, "attachments": [attached(b"else")]}, signature, b"else")[0] == 400
    assert signed(lrs, statement, signature, b"text")[0] == 200


@pytest.mark.parametrize(
    "change",
    [
        {"verb": {"id": "http://v/else"}},
        {"id": "6ba7b810-9dad-41d1-80b4-000000000002"},
        {"result": {"success": True}},
        {"actor": {"mbox": "mailto:rita@example.org"}},
        {"actor": 1},
    ],
)
def test_a_signature_of_another_statement(lrs: Client, key: rsa.RSAPrivateKey, change: dict[str, Any]) -> None:
    status, said = signed(lrs, STATEMENT, jws(key, json.dumps({**STATEMENT, **change}).encode()))
    assert (status, "another statement" in said) == (400, True), said


def test_a_signature_that_is_none(lrs: Client, key: rsa.RSAPrivateKey) -> None:
    payload = json.dumps(STATEMENT).encode()
    deep = b'{"a":' * 500 + b"1" + b"}" * 500
    for bad in (
        b"",
        b"text",
        b"a.b",
        b"a.b.c.d",
        b"!.!.!",
        b".".join([url64(b"[]"), url64(payload), b"AAAA"]),
        b".".join([url64(b"no JSON"), url64(payload), b"AAAA"]),
        jws(key, payload, alg="HS256"),
        jws(key, payload, alg="none"),
        jws(key, payload, alg=["RS256"]),
        jws(key, payload, crit=["exp"]),
        jws(key, payload.replace(b'"', b"'", 1)),
        jws(key, b"[]"),
        jws(key, b"{}"),
        jws(key, deep),
    ):
        status, said = signed(lrs, STATEMENT, bad)
        assert status == 400, (bad, said)
    listed = [attached(jws(key, payload), usageType=SIGNATURE, contentType="text/plain")]
    assert send(lrs, {**STATEMENT, "attachments": listed}, jws(key, payload)).status == 400
    assert lrs.find() == []

#!/usr/bin/env python3
"""Writes harmless.jsonl: texts that look like credentials and are none, 32 of each kind.

Usage: python3 harmless.py [SEED] > FILE. The same seed gives the same file; harmless.jsonl is that of seed 1.
Another seed gives look-alikes that nobody has tuned on.
"""
import base64
import json
import random
import string
import sys

rnd = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
HEX, ALNUM, B64 = "0123456789abcdef", string.ascii_letters + string.digits, string.ascii_letters + string.digits + "+/"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
WORDS = "anchor basket cellar dormer engine ferry garden hinge invoice jacket kettle lantern mirror napkin orchard pillow".split()


def take(alphabet, n):
    return "".join(rnd.choice(alphabet) for _ in range(n))


def word():
    return rnd.choice(WORDS)


def uuid():
    return "-".join([take(HEX, 8), take(HEX, 4), "4" + take(HEX, 3), rnd.choice("89ab") + take(HEX, 3), take(HEX, 12)])


def ulid():
    return "01" + take(CROCKFORD, 24)


def picture():
    head = rnd.choice([b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"GIF89a\x10\0\x10\0"])
    return base64.b64encode(head + rnd.randbytes(rnd.randint(90, 260))).decode()


def public_key():
    lines = "\n".join(take(B64, 64) for _ in range(3))
    return rnd.choice([
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ" + take(B64, 334) + f" {word()}@laptop",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + take(B64, 43) + f" {word()}",
        f"-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----",
        f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----",
        f"[Peer]\nPublicKey = {take(B64, 43)}=\nAllowedIPs = 10.0.0.0/24",
        "age1" + take("023456789acdefghjklmnpqrstuvwxyz", 58),
    ])


# Each kind has several surroundings; {…} is filled anew for every text.
KINDS = {
    "commit id": lambda: rnd.choice([
        "Fixed in {} on main.", "git revert {}", "commit {}\nAuthor: Ann <ann@example.test>", "HEAD is at {} now",
        "https://git.example.test/ex/app/commit/{}",
        "Bump submodule from {} to the tag"]).format(take(HEX, 40)),
    "short commit id": lambda: rnd.choice(["{} Fix the {}", "git show {} -- src/{}",
        "cherry-pick {} (the {})"]).format(take(HEX, rnd.randint(7, 10)), word()),
    "uuid": lambda: rnd.choice([
        "session {} resumed", '{{"id":"{}","name":"x"}}', "GET /orders/{}/lines", "tenant_id={}", "X-Request-Id: {}",
        "<ProjectGuid>{{{}}}</ProjectGuid>"]).format(uuid()),
    "hash": lambda: rnd.choice([
        f"sha256:{take(HEX, 64)}", f"{take(HEX, 64)}  {word()}-1.4.tar.gz", f"md5 {take(HEX, 32)}  {word()}.iso",
        f"FROM {word()}@sha256:{take(HEX, 64)}",
        f"oid sha256:{take(HEX, 64)}\nsize 88123", f"SHA1({word()}.bin)= {take(HEX, 40)}", f'ETag: "{take(HEX, 32)}"']),
    "integrity": lambda: rnd.choice(['"integrity": "sha512-{}=="', 'integrity="sha384-{}"']).format(take(B64, rnd.choice([86, 64]))),
    "base64 picture": lambda: rnd.choice([
        "<img src=\"data:image/png;base64,{}\">", '{{"type":"image","source":{{"type":"base64","media_type":"image/jpeg","data":"{}"}}}}',
        "background: url(data:image/gif;base64,{});"]).format(picture()),
    "public key": public_key,
    "fingerprint": lambda: rnd.choice([
        "SHA256:" + take(B64, 43) + " ann@laptop (ED25519)", ":".join(take(HEX, 2).upper() for _ in range(20)),
        "gpg --recv-keys " + take("0123456789ABCDEF", 40)]),
    "file name": lambda: rnd.choice([
        f"dist/assets/{word()}-{take(ALNUM, 8)}.js", f"IMG_2031{take('01', 2)}17_{take('012345', 6)}.jpg",
        f"~/Downloads/{word()}_password_reset_guide.pdf",
        f"src/auth/token_{word()}_test.go", f"/var/lib/docker/overlay2/{take(HEX, 64)}/merged",
        f".git/objects/{take(HEX, 2)}/{take(HEX, 38)}",
        f"backup-{word()}-2031-05-0{take('123456789', 1)}T03-00-00Z.sql.gz", f"secrets/{word()}.yaml.tmpl",
        f"src/SecretKeyProvider{word().title()}Factory.cs"]),
    "ulid": lambda: rnd.choice(["event {} stored", '"jobId":"{}"', "/runs/{}/log", "trace={}"]).format(ulid()),
    "object id of a vendor": lambda: rnd.choice(["id: {}", "see {} there", '{{"id":"{}"}}']).format(rnd.choice([
        "toolu_01" + take(ALNUM, 22), "call_" + take(ALNUM, 24), "chatcmpl-" + take(ALNUM, 29), "msg_01" + take(ALNUM, 22),
        "cus_" + take(ALNUM, 14),
        "arn:aws:iam::000000000000:role/" + word(), "i-0" + take(HEX, 16), "vpc-0" + take(HEX, 16)])),
    "trace id": lambda: rnd.choice([f"traceparent: 00-{take(HEX, 32)}-{take(HEX, 16)}-01",
        f"trace_id={take(HEX, 32)} span_id={take(HEX, 16)}", f"X-Amzn-Trace-Id: Root=1-{take(HEX, 8)}-{take(HEX, 24)}"]),
    "placeholder": lambda: rnd.choice([
        "{}_PASSWORD=${{{}_PASSWORD}}", "{}_token: <your-token>  # {}", "password: \"{{{{ vault_{}_{} }}}}\"",
        "{}: ${{{{ secrets.{} }}}}", "-p \"${}_PW\" # {}",
        "{}_SECRET=<set me>  # {}", "Authorization: Bearer $TOKEN_{}_{}", "api_key = \"********\"  # {} {}"]).format(word(), word()),
    "code about secrets": lambda: rnd.choice([
        "var token = await ReadTokenAsync({}, {});", "password = get_password({}, {})",
        "if (secret == null) throw new {}{}Exception();", "public string ApiKey {{ get; set; }} // {} {}",
        "const tokenCount = countTokens({}, {});", "def hash_password({}, {}): ...", "max_tokens=4096, stop=[{}, {}]",
        "cancellationToken: {}{}Token"]).format(word(), word()),
    "prose about passwords": lambda: rnd.choice([
        "The password of the {} is wrong, it says, although the {} works.",
        "Users forget their password after the {} and call about the {}.", "The secret of a good {} is a warm {}.",
        "Reset the password on the {} page, then open the {}.", "Passwords are hashed with argon2id before the {} reaches the {}.",
        "Which token does the {} send to the {}?",
        "Das Passwort ist abgelaufen ({} und {}).", "The key to the {} lies under the {}."]).format(word(), word()),
    "number": lambda: rnd.choice([
        f"parcel 0034{take('0123456789', 16)}", f"ISBN 978-3-{take('0123456789', 6)}-{take('0123456789', 2)}-1",
        f"fe80::{take(HEX, 4)}:{take(HEX, 4)}:{take(HEX, 4)}",
        "ether " + ":".join(take(HEX, 2) for _ in range(6)), f"ts=19{take('0123456789', 8)}.{take('0123456789', 6)}",
        f"order 4{take('0123456789', 9)}"]),
    "url": lambda: rnd.choice([
        f"https://www.video.example.test/watch?v={take(ALNUM + '-_', 11)}",
        f"https://docs.example.test/document/d/{take(ALNUM, 44)}/edit",
        f"https://shop.example.test/p/{word()}?utm_source=mail&utm_campaign={word()}&page={take('123456789', 2)}",
        f"https://issues.example.test/browse/{word().upper()}-{take('123456789', 4)}"]),
    "build output": lambda: rnd.choice([
        f"chunk-{take(ALNUM, 8).upper()}.js 14.2 kB", f".css-{take('abcdefghijklmnop0123456789', 7)}{{margin:0}}",
        f"{word()}-7{take('bcdfghjklmnp2456789', 9)}-{take('bcdfghjklmnp2456789', 5)} 1/1 Running",
        f"cache key: linux-node-{take(HEX, 64)}", f"h1:{take(B64, 43)}= go.sum", f"BuildId {take(HEX, 32)}"]),
}


def main():
    seen = set()
    for kind in KINDS:
        written = 0
        while written < 32:
            text = KINDS[kind]()
            if text in seen:
                continue
            seen.add(text)
            written += 1
            print(json.dumps({"kind": kind, "text": text}, ensure_ascii=False))


main()

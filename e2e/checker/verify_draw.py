#!/usr/bin/env python3
"""An independent checker of Carnival's draws, written from docs/draw.md alone.

    python3 verify_draw.py proof.json
    python3 verify_draw.py https://618.example.com/api/v1/draws/demo-r1/proof
    python3 verify_draw.py --entries list.txt --receipt receipt.json --key carnival.json proof.json

It needs nothing but Python 3.8, shares no code with the product, and says of each proof in one line whether it
holds, or which step fails and why. It does not check a beacon's BLS signature, which Python's own library can't, and
says so. Exit status: 0 if all hold, 1 if one does not.
"""

import argparse
import hashlib
import hmac
import json
import re
import sys
import urllib.parse
import urllib.request

VERSION = "carnival/draw/v1"
US = b"\x1f"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Sixteen bytes are 128 bits, 26 characters are 130: of the last one two bits are padding, and zero.
ENTRY_ID = re.compile("[%s]{25}[%s]" % (ALPHABET, ALPHABET[::4]))
SLUG = re.compile("[a-z0-9-]{1,24}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
U32, U64 = 2**32, 2**64
READ_MAX = 64 * 1024 * 1024

# drand quicknet: https://api.drand.sh/<chain>/info
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
QUICKNET_GENESIS_MS, QUICKNET_PERIOD_MS, MARGIN_MS = 1692803367000, 3000, 10000


class Wrong(Exception):
    """A step that does not hold."""

    def __init__(self, step, because):
        super().__init__(because)
        self.step = step


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def must(holds, step, because):
    if not holds:
        raise Wrong(step, because)


# The document


def no_field_twice(pairs):
    fields = dict(pairs)
    must(len(fields) == len(pairs), "document", "a field is named twice")
    return fields


def the_fields(value, needed, optional=()):
    must(isinstance(value, dict), "document", "an object is missing")
    for name in needed:
        must(name in value, "document", "`%s` is missing" % name)
    for name in value:
        must(name in needed or name in optional, "document", "`%s` is no field of version 1" % name)


def is_text(value):
    # JSON can name half a surrogate pair, which no text has.
    return isinstance(value, str) and not re.search("[\ud800-\udfff]", value)


def is_hex(value, length):
    return is_text(value) and re.fullmatch("[0-9a-f]{%d}" % (2 * length), value) is not None


def is_entry_id(value):
    return is_text(value) and ENTRY_ID.fullmatch(value) is not None


def is_slug(value):
    return is_text(value) and SLUG.fullmatch(value) is not None


def is_instant(value):
    return is_text(value) and INSTANT.fullmatch(value) is not None and milliseconds(value) is not None


def is_count(value, below):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < below


def milliseconds(instant):
    """Since 1970, in UTC; None if there is no such day or time."""
    day, time = instant[:10].split("-"), instant[11:19].split(":")
    (year, month, date), (hour, minute, second) = map(int, day), map(int, time)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if not (1 <= month <= 12 and 1 <= date <= lengths[month - 1] and hour < 24 and minute < 60 and second < 60):
        return None
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400 + sum(lengths[: month - 1]) + date - 1 - 719162
    fraction = re.match(r"\.(\d+)", instant[19:])
    ms = int((fraction.group(1) + "00")[:3]) if fraction else 0
    zone = re.search(r"([+-])(\d\d):(\d\d)$", instant)
    offset = 0
    if zone:
        if int(zone.group(2)) > 23 or int(zone.group(3)) > 59:
            return None
        offset = (int(zone.group(2)) * 60 + int(zone.group(3))) * (-1 if zone.group(1) == "-" else 1)
    return (((days * 24 + hour) * 60 + minute - offset) * 60 + second) * 1000 + ms


def read_proof(text):
    try:
        proof = json.loads(text, object_pairs_hook=no_field_twice, parse_constant=lambda _: 1 / 0)
    except (ValueError, RecursionError, ZeroDivisionError) as error:
        raise Wrong("document", "it is no JSON: %s" % error)
    needed = ["version", "draw_id", "opened_at", "closed_at", "commitment", "seed", "prizes", "reserve_count", "root",
              "winners", "reserves", "passed_over"]
    the_fields(proof, needed, ["beacon", "entries", "entries_url"])
    right = [is_text(proof["version"]), is_text(proof["draw_id"]), is_instant(proof["opened_at"]),
             is_instant(proof["closed_at"]), is_hex(proof["commitment"], 32), is_hex(proof["seed"], 32),
             is_hex(proof["root"], 32), is_count(proof["reserve_count"], U32)]
    must(all(right), "document", "a field has the wrong form")
    for name in ["prizes", "winners", "reserves", "passed_over"]:
        must(isinstance(proof[name], list), "document", "`%s` is no list" % name)
    for prize in proof["prizes"]:
        the_fields(prize, ["prize_id", "title", "count"])
        right = [is_slug(prize["prize_id"]), is_text(prize["title"]), is_count(prize["count"], U32)]
        must(all(right), "document", "a prize has the wrong form")
    for winner in proof["winners"]:
        the_fields(winner, ["entry_id", "prize_id"])
        must(is_entry_id(winner["entry_id"]) and is_slug(winner["prize_id"]), "document", "a winner has the wrong form")
    must(all(map(is_entry_id, proof["reserves"])), "document", "a reserve is no entry id")
    for passed in proof["passed_over"]:
        the_fields(passed, ["entry_id", "same_person_as"])
        right = is_entry_id(passed["entry_id"]) and is_entry_id(passed["same_person_as"])
        must(right, "document", "a passed-over entry has the wrong form")
    beacon = proof.get("beacon")
    if beacon is not None:
        the_fields(beacon, ["chain", "round", "signature", "randomness"])
        right = [is_hex(beacon["chain"], 32), is_count(beacon["round"], U64), is_text(beacon["signature"]),
                 is_hex(beacon["randomness"], 32)]
        must(all(right), "document", "the beacon has the wrong form")
    entries, url = proof.get("entries"), proof.get("entries_url")
    must((entries is None) != (url is None), "document", "it must have either `entries` or `entries_url`")
    must(url is None or is_text(url), "document", "`entries_url` is no text")
    must(entries is None or isinstance(entries, list), "document", "`entries` is no list")
    must(entries is None or all(map(is_entry_id, entries)), "document", "an entry is no entry id")
    return proof


def read_list(text):
    lines = text[:-1].split("\n") if text.endswith("\n") else text.split("\n")
    lines = [] if text == "" else lines
    must(all(map(is_entry_id, lines)), "entries", "a line of the list is no entry id")
    return lines


# The draw


def leaf(entry_id):
    return sha256(b"\x00", entry_id.encode())


def node(left, right):
    return sha256(b"\x01", left, right)


def merkle_root(hashes):
    """RFC 6962, section 2.1, level by level: a hash without a partner goes up as it is."""
    if not hashes:
        return sha256(b"")
    while len(hashes) > 1:
        pairs = [hashes[at : at + 2] for at in range(0, len(hashes), 2)]
        hashes = [node(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return hashes[0]


def check_beacon(beacon, closed_at):
    must(beacon["chain"] == QUICKNET, "beacon", "`beacon.chain` is unknown")
    wait = max(0, milliseconds(closed_at) + MARGIN_MS - QUICKNET_GENESIS_MS)
    expected = -(-wait // QUICKNET_PERIOD_MS) + 1
    must(beacon["round"] == expected, "beacon", "`beacon.round` is not %d" % expected)
    must(is_hex(beacon["signature"], 48), "beacon", "`beacon.signature` has the wrong form")
    randomness = sha256(bytes.fromhex(beacon["signature"])).hex()
    must(randomness == beacon["randomness"], "beacon", "`beacon.randomness` is not the signature's")


def check_result(proof, order):
    prizes = [(prize["prize_id"], prize["count"]) for prize in proof["prizes"]]
    prize_count = sum(count for _, count in prizes)
    places = prize_count + proof["reserve_count"]
    winners, reserves, passed_over = list(proof["winners"]), list(proof["reserves"]), list(proof["passed_over"])
    came_in = set()
    for entry_id in order:
        if len(came_in) == places:
            break
        if passed_over and passed_over[0]["entry_id"] == entry_id:
            same = passed_over.pop(0)["same_person_as"]
            must(same in came_in, "winners", "%s was passed over for %s, which is not in before" % (entry_id, same))
            continue
        if len(came_in) < prize_count:
            expected = {"entry_id": entry_id, "prize_id": prize_at(prizes, len(came_in))}
            must(winners and winners[0] == expected, "winners", "it is the turn of %s, for a prize" % entry_id)
            winners.pop(0)
        else:
            must(reserves and reserves[0] == entry_id, "winners", "it is the turn of %s, as a reserve" % entry_id)
            reserves.pop(0)
        came_in.add(entry_id)
    must(not winners and not reserves and not passed_over, "winners", "more entries are named than places are filled")


def prize_at(prizes, place):
    # Counts may be any number, so they are not written out.
    for prize_id, count in prizes:
        if place < count:
            return prize_id
        place -= count
    return None


def check_proof(proof, entries):
    must(proof["version"] == VERSION, "document", "`version` is unknown")
    seed = bytes.fromhex(proof["seed"])
    must(sha256(seed).hex() == proof["commitment"], "commitment", "the seed is not the one committed to")
    ascending = all(one < next_one for one, next_one in zip(entries, entries[1:]))
    must(ascending, "entries", "the list is not strictly ascending")
    root = merkle_root([leaf(entry_id) for entry_id in entries])
    must(root.hex() == proof["root"], "root", "the root is not that of the list")
    randomness = b""
    if proof.get("beacon") is not None:
        check_beacon(proof["beacon"], proof["closed_at"])
        randomness = bytes.fromhex(proof["beacon"]["randomness"])
    key = sha256(VERSION.encode(), US, proof["draw_id"].encode(), US, seed, root, randomness)
    order = sorted(entries, key=lambda entry_id: hmac.new(key, entry_id.encode(), hashlib.sha256).digest())
    check_result(proof, order)


# A receipt: Ed25519, RFC 8032, as it is written there. Slow, and nothing in it is secret.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(factor, point):
    result = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = add(result, point)
        point = add(point, point)
        factor >>= 1
    return result


def same_point(one, other):
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def point_of(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    point, commitment = point_of(key), point_of(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if point is None or commitment is None or factor >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return same_point(times(factor, BASE), add(commitment, times(challenge, point)))


def check_receipt(receipt, key, proof, entries):
    receipt = receipt.get("receipt", receipt)
    must(receipt.get("draw_id") == proof["draw_id"], "receipt", "it is for another draw")
    must(receipt.get("entry_id") in entries, "receipt", "its entry is not in the list")
    if "signature" in receipt:
        key = key or receipt.get("public_key")
        must(is_hex(key, 32), "receipt", "there is no key to check its signature with: give --key")
        must(is_hex(receipt["signature"], 64), "receipt", "its signature has the wrong form")
        said = ["carnival/receipt/v1", receipt["draw_id"], receipt["entry_id"], str(receipt.get("accepted_at"))]
        signed = is_signed(bytes.fromhex(key), US.join(part.encode() for part in said), bytes.fromhex(receipt["signature"]))
        must(signed, "receipt", "its signature is not the key's")
    if receipt.get("path") is not None:
        reached = leaf(receipt["entry_id"])
        for step in receipt["path"]:
            left, right = step.get("left"), step.get("right")
            must(is_hex(left or right, 32) and not (left and right), "receipt", "its path has the wrong form")
            reached = node(bytes.fromhex(left), reached) if left else node(reached, bytes.fromhex(right))
        must(reached.hex() == proof["root"], "receipt", "its path does not lead to the root")


# The command


def fetch(place):
    if place.startswith(("http://", "https://")):
        with urllib.request.urlopen(place, timeout=30) as answer:
            data = answer.read(READ_MAX + 1)
    else:
        with open(place, "rb") as file:
            data = file.read(READ_MAX + 1)
    must(len(data) <= READ_MAX, "document", "it is longer than %d bytes" % READ_MAX)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Wrong("document", "it is no UTF-8 text: %s" % error)


def check(place, args):
    proof = read_proof(fetch(place))
    entries = proof.get("entries")
    if entries is None and args.entries:
        entries = read_list(fetch(args.entries))
    elif entries is None:
        is_web = place.startswith(("http://", "https://"))
        must(is_web, "entries", "the list is at %s: fetch it and give it with --entries" % proof["entries_url"])
        entries = read_list(fetch(urllib.parse.urljoin(place, proof["entries_url"])))
    check_proof(proof, entries)
    if args.receipt:
        key = args.key
        if key and not is_hex(key, 32):
            key = json.loads(fetch(key))["receipt_key"]["public_key"]
        check_receipt(json.loads(fetch(args.receipt)), key, proof, set(entries))
    return proof, entries


def main():
    parser = argparse.ArgumentParser(description="Checks proofs of draws.")
    parser.add_argument("proof", nargs="+", help="files or addresses")
    parser.add_argument("--entries", help="the list, where the proof only links to it")
    parser.add_argument("--receipt", help="a receipt, to be checked as well")
    parser.add_argument("--key", help="/.well-known/carnival.json, or the key in it")
    parser.add_argument("--json", action="store_true", help="one JSON object for each proof")
    args = parser.parse_args()
    all_hold = True
    for place in args.proof:
        try:
            proof, entries = check(place, args)
            told = {"holds": True, "step": None}
            line = "%s holds: %d entries, %d winners" % (proof["draw_id"], len(entries), len(proof["winners"]))
            if proof.get("beacon") is not None:
                line += "; the beacon's own signature was not checked (drand can)"
        except Wrong as wrong:
            told = {"holds": False, "step": wrong.step}
            line = "%s does not hold: %s: %s" % (place, wrong.step, wrong)
        except OSError as error:
            told = {"holds": False, "step": "document"}
            line = "%s can't be read: %s" % (place, error)
        all_hold = all_hold and told["holds"]
        print(json.dumps(told) if args.json else line)
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())

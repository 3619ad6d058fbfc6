-- Codes that the operator brought along, and what shops do with coupons.

-- Given out in the order of their numbers. A code is one offer's, and one coupon's (see `coupon`).
CREATE TABLE brought_code (
  code_number INTEGER PRIMARY KEY,
  offer_id    TEXT    NOT NULL,
  code        TEXT    NOT NULL UNIQUE,
  is_free     INTEGER NOT NULL DEFAULT 1 CHECK (is_free IN (0, 1))
) STRICT;
CREATE INDEX free_code ON brought_code (offer_id, code_number) WHERE is_free = 1;
CREATE TABLE brought_codes (
  offer_id   TEXT    PRIMARY KEY,
  code_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Coupons set aside for orders, in the order in which they were: of a coupon's, the last one counts.
CREATE TABLE reservation (
  reservation_number INTEGER PRIMARY KEY,
  reservation_id     BLOB    NOT NULL UNIQUE CHECK (length(reservation_id) = 16),
  coupon_number      INTEGER NOT NULL REFERENCES coupon,
  order_id           TEXT    NOT NULL,
  reserved_at        INTEGER NOT NULL,
  reserved_until     INTEGER NOT NULL,
  redeemed_at        INTEGER,
  rolled_back_at     INTEGER
) STRICT;
CREATE INDEX reservation_of_coupon ON reservation (coupon_number, reservation_number);
-- No two orders have used one coupon.
CREATE UNIQUE INDEX redemption ON reservation (coupon_number) WHERE redeemed_at IS NOT NULL AND rolled_back_at IS NULL;

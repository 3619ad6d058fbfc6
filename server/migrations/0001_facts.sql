-- The facts of a campaign. Rules stand in no table: the one writer checks them before it writes; what is UNIQUE or a
-- PRIMARY KEY here guards them a second time.
--
-- Instants are milliseconds since 1970-01-01T00:00:00Z, days are days since 1970-01-01 in the campaign's zone, and
-- ids of participants and entries are their 16 random bytes. Tables with a natural key are WITHOUT ROWID, so that a
-- lookup is one search, not two.

-- What this database is about; text of its own for each key, see store/sqlite/season.rs.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A draw, from its commitment on. The seed is secret until `proof` is there.
CREATE TABLE draw (
  draw_number INTEGER PRIMARY KEY,
  draw_id     TEXT    NOT NULL UNIQUE,
  seed        BLOB    NOT NULL CHECK (length(seed) = 32),
  opened_at   INTEGER NOT NULL,
  -- Kept here, for nobody wants to count a hundred thousand entries once a second.
  entry_count INTEGER NOT NULL DEFAULT 0,
  -- The proof without its list of entries, JSON. At the end of the row: only its own reader needs it.
  proof       TEXT
) STRICT;

-- Rounds that have begun, and the next. A round that rolled over shares its draw with the one after it.
CREATE TABLE round (
  round_id          INTEGER PRIMARY KEY,
  draw_number       INTEGER NOT NULL REFERENCES draw,
  carried_in        TEXT    NOT NULL,  -- JSON
  added             TEXT    NOT NULL,  -- JSON
  participant_count INTEGER NOT NULL DEFAULT 0,
  ending            TEXT    CHECK (ending IN ('drawn', 'rolled_over')),
  ended_at          INTEGER,
  CHECK ((ending IS NULL) = (ended_at IS NULL))
) STRICT;
CREATE INDEX round_of_draw ON round (draw_number);

-- One entry for each participant and round. By round first, so that a draw reads its entries in one sweep.
CREATE TABLE entry (
  round_id       INTEGER NOT NULL REFERENCES round,
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  entry_id       BLOB    NOT NULL CHECK (length(entry_id) = 16),
  accepted_at    INTEGER NOT NULL,
  PRIMARY KEY (round_id, participant_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_of_participant ON entry (participant_id, round_id);

-- Whoever wins wins once in a draw, and a round ends at most one draw.
CREATE TABLE win (
  participant_id BLOB    NOT NULL,
  round_id       INTEGER NOT NULL REFERENCES round,
  draw_number    INTEGER NOT NULL REFERENCES draw,
  entry_id       BLOB    NOT NULL,
  prize_id       TEXT    NOT NULL,
  PRIMARY KEY (participant_id, round_id)
) STRICT, WITHOUT ROWID;

-- Every vote, in the order in which they were counted: its number is what ties are decided by.
CREATE TABLE vote (
  vote_number    INTEGER PRIMARY KEY,
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  day            INTEGER NOT NULL,
  star_id        TEXT    NOT NULL,
  cast_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX vote_of_participant ON vote (participant_id, day, star_id);

-- The sums of `vote`, for boards that are looked at far more often than votes are cast.
CREATE TABLE tally (
  star_id    TEXT    PRIMARY KEY,
  vote_count INTEGER NOT NULL,
  reached    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tally_of_day (
  day        INTEGER NOT NULL,
  star_id    TEXT    NOT NULL,
  vote_count INTEGER NOT NULL,
  reached    INTEGER NOT NULL,
  PRIMARY KEY (day, star_id)
) STRICT, WITHOUT ROWID;

-- Coupons in the order of their claims; `nth` is the how manieth of its offer this participant has.
CREATE TABLE coupon (
  coupon_number  INTEGER PRIMARY KEY,
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  offer_id       TEXT    NOT NULL,
  nth            INTEGER NOT NULL,
  code           TEXT    NOT NULL UNIQUE,
  claimed_at     INTEGER NOT NULL,
  valid_until    INTEGER NOT NULL,
  UNIQUE (participant_id, offer_id, nth)
) STRICT;

-- How many of each offer are claimed.
CREATE TABLE offer_claims (
  offer_id      TEXT    PRIMARY KEY,
  claimed_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Share links: one for each participant, place and channel.
CREATE TABLE link (
  link_id        BLOB    PRIMARY KEY CHECK (length(link_id) = 8),
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  landing        TEXT    NOT NULL,  -- JSON
  channel        TEXT    NOT NULL,
  made_at        INTEGER NOT NULL,
  UNIQUE (participant_id, landing, channel)
) STRICT, WITHOUT ROWID;

-- Who came by whose links, once each, and by which link first.
CREATE TABLE visit (
  owner_id   BLOB    NOT NULL,
  visitor_id BLOB    NOT NULL,
  link_id    BLOB    NOT NULL REFERENCES link,
  visited_at INTEGER NOT NULL,
  PRIMARY KEY (owner_id, visitor_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE reach (
  owner_id    BLOB    PRIMARY KEY,
  visit_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The answers to writes, for their repetitions. In the order of time, so that the oldest are found without an index.
CREATE TABLE answer (
  answer_number   INTEGER PRIMARY KEY,
  participant_id  BLOB    NOT NULL,
  idempotency_key TEXT    NOT NULL,
  request         TEXT    NOT NULL,
  answer          TEXT    NOT NULL,  -- JSON
  answered_at     INTEGER NOT NULL,
  UNIQUE (participant_id, idempotency_key)
) STRICT;

-- Draws of stars' fans, from their commitments on: seed, count and proof are in `draw`.
CREATE TABLE fans_draw (
  star_id     TEXT    PRIMARY KEY,
  draw_number INTEGER NOT NULL UNIQUE REFERENCES draw,
  pool        TEXT    NOT NULL,  -- JSON
  ending      TEXT    CHECK (ending IN ('held', 'undrawn')),
  ended_at    INTEGER,
  CHECK ((ending IS NULL) = (ended_at IS NULL))
) STRICT;

-- Who is in them: once each; the second ticket is that of a participant who was two. By star first, so that a draw reads
-- its entries in one sweep.
CREATE TABLE fan_entry (
  star_id        TEXT    NOT NULL REFERENCES fans_draw,
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  ticket         INTEGER NOT NULL DEFAULT 1,
  entry_id       BLOB    NOT NULL CHECK (length(entry_id) = 16),
  accepted_at    INTEGER NOT NULL,
  PRIMARY KEY (star_id, participant_id, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX fan_entry_of_participant ON fan_entry (participant_id);

-- A prize is drawn at a round's bell or for a star's fans, and then there is no round. The addresses refer to the log and
-- come along.
CREATE TABLE award_of_any_draw (
  award_number   INTEGER PRIMARY KEY,
  draw_number    INTEGER NOT NULL REFERENCES draw,
  round_id       INTEGER REFERENCES round,  -- none in a draw of fans
  place          INTEGER NOT NULL,  -- which of the draw's prizes, from 1
  prize_id       TEXT    NOT NULL,
  entry_id       BLOB    NOT NULL UNIQUE CHECK (length(entry_id) = 16),
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  reserve        INTEGER,           -- which reserve, from 1; none for a winner
  promised_at    INTEGER NOT NULL,
  claim_by       INTEGER,
  state          TEXT    NOT NULL
    CHECK (state IN ('promised', 'claimed', 'dispatched', 'given', 'lapsed', 'passed_over')),
  changed_at     INTEGER NOT NULL,
  coupon         TEXT               -- JSON
) STRICT;
INSERT INTO award_of_any_draw (award_number, draw_number, round_id, place, prize_id, entry_id, participant_id, reserve,
  promised_at, claim_by, state, changed_at, coupon)
SELECT award_number, draw_number, round_id, place, prize_id, entry_id, participant_id, reserve, promised_at, claim_by,
  state, changed_at, coupon FROM award;
CREATE TABLE delivery_of_any_draw (
  entry_id BLOB PRIMARY KEY REFERENCES award_of_any_draw (entry_id),
  sealed   BLOB NOT NULL,
  sent_at  INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO delivery_of_any_draw (entry_id, sealed, sent_at) SELECT entry_id, sealed, sent_at FROM delivery;
DROP TABLE delivery;
DROP TABLE award;
ALTER TABLE award_of_any_draw RENAME TO award;
ALTER TABLE delivery_of_any_draw RENAME TO delivery;
CREATE INDEX delivery_sent ON delivery (sent_at) WHERE sent_at IS NOT NULL;
-- No prize is promised twice.
CREATE UNIQUE INDEX award_holder ON award (draw_number, place) WHERE state NOT IN ('lapsed', 'passed_over');
CREATE INDEX award_of_draw ON award (draw_number);
CREATE INDEX award_of_participant ON award (participant_id);
CREATE INDEX award_promised ON award (claim_by) WHERE state = 'promised';
CREATE INDEX award_claimed ON award (changed_at) WHERE state = 'claimed';

-- What becomes of prizes and where they go, pauses of the rounds, and entries that wait before they count.

-- An entry that waits is in no list and meets no target.
ALTER TABLE entry ADD COLUMN is_waiting INTEGER NOT NULL DEFAULT 0 CHECK (is_waiting IN (0, 1));

-- The public log of draws' prizes, in the order in which it came about. An entry is in one draw and has one turn in it.
CREATE TABLE award (
  award_number   INTEGER PRIMARY KEY,
  draw_number    INTEGER NOT NULL REFERENCES draw,
  round_id       INTEGER NOT NULL REFERENCES round,
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
-- No prize is promised twice.
CREATE UNIQUE INDEX award_holder ON award (draw_number, place) WHERE state NOT IN ('lapsed', 'passed_over');
CREATE INDEX award_of_draw ON award (draw_number);
CREATE INDEX award_of_participant ON award (participant_id);
CREATE INDEX award_promised ON award (claim_by) WHERE state = 'promised';
CREATE INDEX award_claimed ON award (changed_at) WHERE state = 'claimed';

-- What was won before there were deadlines has none until the server settles it.
INSERT INTO award (draw_number, round_id, place, prize_id, entry_id, participant_id, promised_at, state, changed_at)
SELECT draw_number, round_id, row_number() OVER (PARTITION BY draw_number ORDER BY prize_id, entry_id), prize_id,
  entry_id, participant_id, coalesce(ended_at, 0), 'promised', coalesce(ended_at, 0)
FROM win JOIN round USING (round_id, draw_number);
DROP TABLE win;

-- Where claimed prizes go: sealed with a key that is not in here, and deleted some time after the prize was sent.
CREATE TABLE delivery (
  entry_id BLOB PRIMARY KEY REFERENCES award (entry_id),
  sealed   BLOB NOT NULL,
  sent_at  INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_sent ON delivery (sent_at) WHERE sent_at IS NOT NULL;

-- Times in which the rounds stood still; only the last may have no end.
CREATE TABLE pause (
  from_at  INTEGER PRIMARY KEY,
  until_at INTEGER CHECK (until_at >= from_at),
  note     TEXT NOT NULL
) STRICT;

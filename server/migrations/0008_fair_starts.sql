-- Draws of offers' first moments, from their commitments on. The seed is secret until `proof` is there.
CREATE TABLE start_draw (
  offer_id  TEXT    PRIMARY KEY,
  draw_id   TEXT    NOT NULL UNIQUE,
  seed      BLOB    NOT NULL CHECK (length(seed) = 32),
  opened_at INTEGER NOT NULL,
  proof     TEXT  -- the proof without its list of entries, JSON
) STRICT;

-- Who is in them: once each; the second ticket is that of a participant who was two.
CREATE TABLE start_entry (
  offer_id       TEXT    NOT NULL REFERENCES start_draw,
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  ticket         INTEGER NOT NULL DEFAULT 1,
  entry_id       BLOB    NOT NULL CHECK (length(entry_id) = 16),
  accepted_at    INTEGER NOT NULL,
  is_drawn       INTEGER CHECK (is_drawn IN (0, 1)),
  PRIMARY KEY (offer_id, participant_id, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX start_entry_of_participant ON start_entry (participant_id);

-- Consents, accounts, and participants who turn out to be one person: the things of one move to the other, so what was
-- one for each participant may be several.

-- What was agreed to and what was taken back, each a line of its own: the last one counts.
CREATE TABLE consent (
  consent_number INTEGER PRIMARY KEY,
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  version        TEXT    NOT NULL,
  is_given       INTEGER NOT NULL CHECK (is_given IN (0, 1)),
  said_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_of_participant ON consent (participant_id);

-- Whom the platforms know. `subject` is a keyed hash of the platform's id, which itself is kept nowhere.
CREATE TABLE account (
  provider       TEXT    NOT NULL,
  subject        BLOB    NOT NULL CHECK (length(subject) = 32),
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  since          INTEGER NOT NULL,
  nickname       TEXT,
  PRIMARY KEY (provider, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_of_participant ON account (participant_id);

-- Whose things went to whom. A tab, or a request on its way, may still come as the one from before.
CREATE TABLE moved (
  from_id BLOB PRIMARY KEY CHECK (length(from_id) = 16),
  to_id   BLOB NOT NULL CHECK (length(to_id) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX moved_to ON moved (to_id);

-- A vote that one person could not have cast is taken back, not deleted.
ALTER TABLE vote ADD COLUMN taken_back_at INTEGER;
DROP INDEX vote_of_participant;
CREATE INDEX vote_of_participant ON vote (participant_id, day, star_id, taken_back_at);

-- One entry for each participant, round and ticket; the second ticket is that of a participant who was two.
CREATE TABLE entry_by_ticket (
  round_id       INTEGER NOT NULL REFERENCES round,
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  ticket         INTEGER NOT NULL DEFAULT 1,
  entry_id       BLOB    NOT NULL CHECK (length(entry_id) = 16),
  accepted_at    INTEGER NOT NULL,
  PRIMARY KEY (round_id, participant_id, ticket)
) STRICT, WITHOUT ROWID;
INSERT INTO entry_by_ticket (round_id, participant_id, entry_id, accepted_at)
SELECT round_id, participant_id, entry_id, accepted_at FROM entry;
DROP TABLE entry;
ALTER TABLE entry_by_ticket RENAME TO entry;
CREATE INDEX entry_of_participant ON entry (participant_id, round_id);

-- Likewise. A draw gives only first ones: whoever wins wins once in it.
CREATE TABLE win_by_ticket (
  participant_id BLOB    NOT NULL,
  round_id       INTEGER NOT NULL REFERENCES round,
  ticket         INTEGER NOT NULL DEFAULT 1,
  draw_number    INTEGER NOT NULL REFERENCES draw,
  entry_id       BLOB    NOT NULL,
  prize_id       TEXT    NOT NULL,
  PRIMARY KEY (participant_id, round_id, ticket)
) STRICT, WITHOUT ROWID;
INSERT INTO win_by_ticket (participant_id, round_id, draw_number, entry_id, prize_id)
SELECT participant_id, round_id, draw_number, entry_id, prize_id FROM win;
DROP TABLE win;
ALTER TABLE win_by_ticket RENAME TO win;

-- Links of a participant who was two: each stays theirs, the first is the one that is given out. Visits refer to links
-- and come along, with a way from a visitor to where they were.
CREATE TABLE link_by_ticket (
  link_id        BLOB    PRIMARY KEY CHECK (length(link_id) = 8),
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  landing        TEXT    NOT NULL,  -- JSON
  channel        TEXT    NOT NULL,
  ticket         INTEGER NOT NULL DEFAULT 1,
  made_at        INTEGER NOT NULL,
  UNIQUE (participant_id, landing, channel, ticket)
) STRICT, WITHOUT ROWID;
INSERT INTO link_by_ticket (link_id, participant_id, landing, channel, made_at)
SELECT link_id, participant_id, landing, channel, made_at FROM link;
CREATE TABLE visit_by_link (
  owner_id   BLOB    NOT NULL,
  visitor_id BLOB    NOT NULL,
  link_id    BLOB    NOT NULL REFERENCES link_by_ticket,
  visited_at INTEGER NOT NULL,
  PRIMARY KEY (owner_id, visitor_id)
) STRICT, WITHOUT ROWID;
INSERT INTO visit_by_link SELECT owner_id, visitor_id, link_id, visited_at FROM visit;
DROP TABLE visit;
DROP TABLE link;
ALTER TABLE link_by_ticket RENAME TO link;
ALTER TABLE visit_by_link RENAME TO visit;
CREATE INDEX visit_of_visitor ON visit (visitor_id);

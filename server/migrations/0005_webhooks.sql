-- What other systems are to be told. Written in the transaction of what happened, so that neither is there without the
-- other; sent afterwards, as often as it takes.
CREATE TABLE event (
  event_number INTEGER PRIMARY KEY,
  webhook_id   TEXT    NOT NULL UNIQUE,
  happened_at  INTEGER NOT NULL,
  body         TEXT    NOT NULL  -- JSON, as it is signed and sent
) STRICT;

-- To whom, and what became of it. Told: `delivered_at`. To be told: `next_at`. Given up: neither.
CREATE TABLE message (
  endpoint_id  TEXT    NOT NULL,
  event_number INTEGER NOT NULL REFERENCES event,
  failed_count INTEGER NOT NULL DEFAULT 0,
  next_at      INTEGER,
  delivered_at INTEGER,
  failure      TEXT,
  PRIMARY KEY (endpoint_id, event_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_due ON message (endpoint_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX message_done ON message (delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX message_of_event ON message (event_number);

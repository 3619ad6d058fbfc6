-- The daily public audit: how many votes were refused and why, in sums that are written beside votes. Nobody is in it.
CREATE TABLE refused_vote (
  day   INTEGER NOT NULL,
  code  TEXT    NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (day, code)
) STRICT, WITHOUT ROWID;

-- Votes that were taken back are few among many: counted without looking at the others.
CREATE INDEX vote_taken_back ON vote (day) WHERE taken_back_at IS NOT NULL;

-- Votes that somebody's link brought, where the campaign counts them: for whom each counts. Who cast it is the vote's to know.
CREATE TABLE canvassed (
  vote_number INTEGER PRIMARY KEY REFERENCES vote,
  owner_id    BLOB    NOT NULL CHECK (length(owner_id) = 16)
) STRICT;
CREATE INDEX canvassed_of_owner ON canvassed (owner_id);

-- The sums of `canvassed` by the vote's star, which its owner looks at far more often than a vote comes.
CREATE TABLE canvassed_count (
  owner_id   BLOB    NOT NULL CHECK (length(owner_id) = 16),
  star_id    TEXT    NOT NULL,
  vote_count INTEGER NOT NULL,
  PRIMARY KEY (owner_id, star_id)
) STRICT, WITHOUT ROWID;

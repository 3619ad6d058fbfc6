-- What participants picked of the goods, once each.
CREATE TABLE pick (
  participant_id BLOB    NOT NULL CHECK (length(participant_id) = 16),
  item_id        TEXT    NOT NULL,
  picked_at      INTEGER NOT NULL,
  PRIMARY KEY (participant_id, item_id)
) STRICT, WITHOUT ROWID;

-- How many picked each item: what is popular is looked up far more often than anything is picked.
CREATE TABLE pick_count (
  item_id    TEXT    PRIMARY KEY,
  pick_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who shows their picks to friends, by their own choice. Whoever is not here does not.
CREATE TABLE picks_shown (
  participant_id BLOB    PRIMARY KEY CHECK (length(participant_id) = 16),
  shown_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

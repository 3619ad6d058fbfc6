-- Whoever erased themselves is named by no row. What is left is a mark that nobody can be found by, a hash of an id of 128
-- random bits, so that a request which was on its way begins nothing anew.
CREATE TABLE erased (
  mark      BLOB    PRIMARY KEY CHECK (length(mark) = 16),
  erased_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

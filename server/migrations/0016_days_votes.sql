-- Today's votes are found by day: they are side by side, whoever cast them, so that a vote is written where the last ones were.
-- Once the day is over they are filed by participant, many at once; see store/sqlite/filing.rs.
ALTER TABLE vote ADD COLUMN is_filed INTEGER NOT NULL DEFAULT 1;
UPDATE vote SET is_filed = 0 WHERE day = (SELECT max(day) FROM vote);
DROP INDEX vote_of_participant;
CREATE INDEX vote_unfiled ON vote (day, participant_id, star_id, taken_back_at, key_mark) WHERE is_filed = 0;
CREATE INDEX vote_filed ON vote (participant_id, day, star_id, taken_back_at, key_mark) WHERE is_filed = 1;
-- The first day of which none is filed.
INSERT INTO meta (key, value) SELECT 'filed_before', CAST(max(day) AS TEXT) FROM vote HAVING count(*) > 0;

-- The first vote of each day: there is none of that day before it.
CREATE TABLE day_begun (
  day          INTEGER PRIMARY KEY,
  first_number INTEGER NOT NULL
) STRICT;
INSERT INTO day_begun SELECT day, min(vote_number) FROM vote GROUP BY day;

-- The days of votes that are not filed, which are few: one look for each.
CREATE VIEW unfiled_day (day) AS
WITH RECURSIVE known (day) AS (
  SELECT min(day) FROM vote WHERE is_filed = 0
  UNION ALL
  SELECT (SELECT min(day) FROM vote WHERE is_filed = 0 AND vote.day > known.day) FROM known WHERE known.day IS NOT NULL
)
SELECT day FROM known WHERE day IS NOT NULL;
-- All votes, for whoever asks by participant.
CREATE VIEW vote_of_participant AS
SELECT participant_id, day, star_id, taken_back_at, key_mark, vote_number, tally, cast_at FROM vote
  WHERE is_filed = 1
UNION ALL
SELECT participant_id, day, star_id, taken_back_at, key_mark, vote_number, tally, cast_at FROM vote
  WHERE is_filed = 0 AND day IN (SELECT day FROM unfiled_day);

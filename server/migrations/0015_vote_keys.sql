-- A vote is its own answer: with the mark of the key under which it was asked for, and with the star's votes when it came. No
-- answer is kept of it elsewhere. NULL in votes of before, whose answers are in `answer` for as long as they ever were.
ALTER TABLE vote ADD COLUMN key_mark INTEGER;
ALTER TABLE vote ADD COLUMN tally INTEGER;
DROP INDEX vote_of_participant;
CREATE INDEX vote_of_participant ON vote (participant_id, day, star_id, taken_back_at, key_mark);

-- Who came by somebody's links on a day: where friends earn votes, each vote asks for it, and a canvasser may have a hundred
-- thousand visits.
CREATE INDEX visit_of_owner ON visit (owner_id, visited_at);

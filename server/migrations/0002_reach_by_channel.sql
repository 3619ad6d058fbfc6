-- The sums of `visit` by the channel of the link: a star's canvasser may have a hundred thousand visits, and looks often.
CREATE TABLE reach_by_channel (
  owner_id    BLOB    NOT NULL,
  channel     TEXT    NOT NULL,  -- JSON, as in `link`
  visit_count INTEGER NOT NULL,
  PRIMARY KEY (owner_id, channel)
) STRICT, WITHOUT ROWID;

INSERT INTO reach_by_channel (owner_id, channel, visit_count)
SELECT visit.owner_id, link.channel, count(*) FROM visit JOIN link USING (link_id) GROUP BY visit.owner_id, link.channel;

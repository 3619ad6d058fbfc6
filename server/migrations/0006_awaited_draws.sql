-- The public beacon that a draw waits for after its close, JSON; none for draws that wait for nothing. It is fixed when
-- the draw opens.
ALTER TABLE draw ADD COLUMN beacon TEXT;

-- Those that are open, or closed and waiting: one or two, asked for with every live frame.
CREATE INDEX draw_undone ON draw (draw_number) WHERE proof IS NULL;

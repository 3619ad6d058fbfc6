-- What wrk sends. Arguments: mode, file of cookies, index of the first request, mean pause (ms), path, header line.
--
-- Requests that are about a participant are numbered. Number i is about participant (block, i mod B) and star
-- (i div B) mod 3, so that the three votes of one participant are B requests apart: as people's taps are, never three in
-- one transaction of the writer.

local B = 1024
local STARS = 20
local HEAD = " HTTP/1.1\r\nHost: bench\r\n"

local cookies = {}
local mode, first, path, header, complete

function setup(thread)
  main = thread
end

function init(args)
  mode, first, path, header = args[1], tonumber(args[3]), args[5] or "/", args[6]
  next_index = first
  for line in io.lines(args[2]) do cookies[#cookies + 1] = line end
  -- Participants who have cast all their votes: those of whole blocks before `first`, but for the last, some of whose
  -- answers may have been cut off with the end of a run.
  complete = math.max(1, (math.floor(first / (3 * B)) - 1) * B)
  math.randomseed(618)
end

local function person_and_star(i)
  local place = i % (3 * B)
  local person = math.floor(i / (3 * B)) * B + place % B
  local star = math.floor(place / B)
  return person, star
end

local function star_of(person, nth)
  return (person * 7 + nth) % STARS + 1
end

local function vote(person, nth, key)
  local cookie = cookies[person % #cookies + 1]
  return string.format(
    "POST /api/v1/stars/star-number-%02d/votes%sCookie: carnival_guest=%s\r\nIdempotency-Key: %s%04d\r\nContent-Length: 0\r\n\r\n",
    star_of(person, nth), HEAD, cookie, string.sub(cookie, 1, 22), key)
end

function request()
  local i = next_index
  next_index = i + 1
  if mode == "accept" then
    local person, nth = person_and_star(i)
    return vote(person, nth, nth)
  elseif mode == "repeat" then
    local person = i % complete
    return vote(person, i % 3, i % 3)
  elseif mode == "refuse" then
    return vote(i % complete, 3, i % 10000)
  elseif mode == "me" then
    return "GET /api/v1/me" .. HEAD .. "Cookie: carnival_guest=" .. cookies[i % #cookies + 1] .. "\r\n\r\n"
  elseif mode == "noop" then
    -- The same headers as a vote has, to a path that takes no POST: everything around a handler, and no handler.
    local cookie = cookies[i % #cookies + 1]
    return string.format(
      "POST /healthz%sCookie: carnival_guest=%s\r\nIdempotency-Key: %s%04d\r\nContent-Length: 0\r\n\r\n",
      HEAD, cookie, string.sub(cookie, 1, 22), i % 10000)
  end
  if header and header ~= "" then
    return "GET " .. path .. HEAD .. header .. "\r\n\r\n"
  end
  return "GET " .. path .. HEAD .. "\r\n"
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "RESULT {\"requests\":%d,\"us\":%d,\"refused\":%d,\"broken\":%d,\"timed_out\":%d,\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f,\"next\":%d}\n",
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write, errors.timeout,
    latency:percentile(50), latency:percentile(99), latency.max, main:get("next_index")))
end

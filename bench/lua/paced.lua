-- The same, with a random pause before every request: arrivals of many people who know nothing of each other. The mean of
-- the pauses, not their sum with the answers' times, is what the caller sets.

dofile(string.gsub(debug.getinfo(1, "S").source:sub(2), "paced%.lua$", "requests.lua"))

local plain_init = init
local mean

function init(args)
  plain_init(args)
  mean = tonumber(args[4])
end

function delay()
  return math.floor(-mean * math.log(1 - math.random()))
end

-- Takes an interest out of the index and keeps it for replays, or drops it.
-- KEYS  1 interest hash  2 set of all that is searchable  [3 where to keep it  4 set of all that are kept]
-- ARGV  1 subscription:revision
-- The entries of further parts go; the interest's own hash holds their vectors too.
-- Answers 1 if its hash was there. O(1) besides the indexing.
local function retire_interest(keys, args)
  redis.call('SREM', keys[2], args[1])
  for part = 2, 8 do
    redis.call('SREM', keys[2], args[1] .. ':' .. part)
    redis.call('DEL', keys[1] .. ':' .. part)
  end
  local there = redis.call('EXISTS', keys[1])
  if there == 1 then
    if keys[3] then redis.call('RENAME', keys[1], keys[3]) else redis.call('DEL', keys[1]) end
  end
  if keys[4] and redis.call('EXISTS', keys[3]) == 1 then redis.call('SADD', keys[4], args[1]) end
  return there
end
redis.register_function('thoughtbus_retire_interest', retire_interest)

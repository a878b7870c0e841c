-- Takes an interest out of the index and keeps it for replays, or drops it.
-- KEYS  1 interest hash  2 set of all searchable interests  [3 where to keep it]
-- ARGV  1 subscription:revision
-- Answers 1 if it was searchable. O(1) besides the indexing.
local function retire_interest(keys, args)
  redis.call('SREM', keys[2], args[1])
  if redis.call('EXISTS', keys[1]) == 0 then return 0 end
  if keys[3] then redis.call('RENAME', keys[1], keys[3]) else redis.call('DEL', keys[1]) end
  return 1
end
redis.register_function('thoughtbus_retire_interest', retire_interest)

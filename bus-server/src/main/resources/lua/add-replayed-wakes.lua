-- Owes a subscriber the past facts that a replay found, and moves the replay on, both or neither.
-- KEYS  1 inbox  2 meta hash  3 replay hash
-- ARGV  1 the replay's next state as field, value, …, with its count first  then the wakes
-- Answers how many are new; 0 for a deleted subscription or replay. O(facts · log inbox).
local function add_replayed_wakes(keys, args)
  if redis.call('EXISTS', keys[2]) == 0 or redis.call('EXISTS', keys[3]) == 0 then return 0 end
  local now = whole(now_ms())
  local fields = tonumber(args[1])
  for i = 2, fields, 2 do redis.call('HSET', keys[3], args[i], args[i + 1]) end
  local added = 0
  for i = fields + 2, #args do added = added + redis.call('ZADD', keys[1], 'NX', now, args[i]) end
  return added
end
redis.register_function('thoughtbus_add_replayed_wakes', add_replayed_wakes)

-- Owes dead letters again, due now and with all their attempts.
-- KEYS  1 inbox  2 dead  3 epitaphs  4 meta hash
-- ARGV  1 most wakes if none are named  then the wakes, or none for the oldest
-- Answers how many were dead. O(wakes · log inbox).
local function revive_wakes(keys, args)
  local now = whole(now_ms())
  local wakes = {}
  for i = 2, #args do wakes[#wakes + 1] = args[i] end
  if #wakes == 0 then wakes = redis.call('ZRANGE', keys[2], 0, args[1] - 1) end
  local revived = 0
  for _, wake in ipairs(wakes) do
    if redis.call('ZREM', keys[2], wake) == 1 then
      redis.call('HDEL', keys[3], wake)
      redis.call('ZADD', keys[1], now, wake)
      note(keys[1], keys[4], 'revival', wake, {})
      revived = revived + 1
    end
  end
  return revived
end
redis.register_function('thoughtbus_revive_wakes', revive_wakes)

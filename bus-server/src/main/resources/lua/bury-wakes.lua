-- Makes dead letters of wakes whose last attempt ended without a verdict.
-- KEYS  1 inbox  2 meta hash  3 attempts  4 dead  5 epitaphs
-- ARGV  1 most wakes to look at  2 prefix of the keys of what streams hold
-- Answers how many it buried. O(wakes due).
local function bury_wakes(keys, args)
  local allowed = tonumber(redis.call('HGET', keys[2], 'attempts') or '0')
  if allowed == 0 then return 0 end
  local box = {inbox = keys[1], meta = keys[2], attempts = keys[3], dead = keys[4], epitaphs = keys[5]}
  local now = now_ms()
  local buried = 0
  for _, wake in ipairs(redis.call('ZRANGE', box.inbox, '-inf', whole(now), 'BYSCORE', 'LIMIT', 0, args[1])) do
    local attempt, holder, _, reason = read_attempt(redis.call('HGET', box.attempts, wake))
    if attempt >= allowed then
      unhold(args[2], holder, wake)
      bury(box, wake, now, 'unanswered', attempt, reason)
      buried = buried + 1
    end
  end
  return buried
end
redis.register_function('thoughtbus_bury_wakes', bury_wakes)

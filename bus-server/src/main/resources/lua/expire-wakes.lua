-- Makes dead letters of wakes whose facts' lifetimes have ended, or which were erased.
-- KEYS  1 inbox  2 meta hash  3 attempts  4 dead  5 epitaphs
-- ARGV  1 prefix of the keys of what streams hold, 2 attempts that did not reach the subscriber, then for each
--       wake: wake, attempts so far, expired|erased
-- Answers how many it buried: those that nobody has taken or settled since. O(wakes · log inbox).
local function expire_wakes(keys, args)
  local box = {inbox = keys[1], meta = keys[2], attempts = keys[3], dead = keys[4], epitaphs = keys[5]}
  local now = now_ms()
  local buried = 0
  for i = 3, #args, 3 do
    local attempt, holder, _, reason = read_attempt(redis.call('HGET', box.attempts, args[i]))
    if attempt == tonumber(args[i + 1]) and redis.call('ZSCORE', box.inbox, args[i]) then
      unhold(args[1], holder, args[i])
      bury(box, args[i], now, args[i + 2], attempt - args[2], args[i + 2] == 'erased' and '' or reason)
      buried = buried + 1
    end
  end
  return buried
end
redis.register_function('thoughtbus_expire_wakes', expire_wakes)

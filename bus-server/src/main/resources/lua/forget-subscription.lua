-- Takes every version of a subscription out of force on one shard.
-- KEYS  1 active hash  2 dispatch hash
-- ARGV  1 subscription
-- Answers 1 if there was one. O(1).
local function forget_subscription(keys, args)
  local known = redis.call('HDEL', keys[1], args[1])
  redis.call('HINCRBY', keys[2], 'changes', 1)
  return known
end
redis.register_function('thoughtbus_forget_subscription', forget_subscription)

-- Takes a subscription out of force on one shard and moves its versions into the history. Facts that were passed or
-- recorded before have been decided with it, facts that come later will not be; for those between, only the record of
-- matches tells.
-- KEYS  1 active hash  2 facts stream  3 matches stream  4 dispatch hash  5 history stream
-- ARGV  1 subscription
-- Answers 1 if it was in force. O(1).
local function end_versions(keys, args)
  local chain = redis.call('HGET', keys[1], args[1])
  if not chain then return 0 end
  local sure = redis.call('HGET', keys[4], 'cursor') or '0-0'
  local recorded = last_position(keys[3])
  if before(sure, recorded) then sure = recorded end
  redis.call('XADD', keys[5], '*', 's', args[1], 'c', chain, 'e', last_position(keys[2]), 'd', sure)
  redis.call('HDEL', keys[1], args[1])
  return 1
end
redis.register_function('thoughtbus_end_versions', end_versions)

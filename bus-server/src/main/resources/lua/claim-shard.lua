-- Makes the server that holds the lane the only one whose records and cursor count on a shard, and notes in the shard's
-- history from where on its model and guard decide, if they are others than before.
-- KEYS  1 dispatch hash  2 matches stream  3 history stream
-- ARGV  1 token of the server  [2 what it decides by]
-- Answers {cursor, position of the last recorded matches}. O(1).
local function claim_shard(keys, args)
  redis.call('HSET', keys[1], 'owner', args[1])
  local dispatch = redis.call('HMGET', keys[1], 'cursor', 'decider')
  local cursor = dispatch[1] or '0-0'
  local last = redis.call('XREVRANGE', keys[2], '+', '-', 'COUNT', 1)
  local recorded = last[1] and last[1][1] or '0-0'
  if args[2] and dispatch[2] ~= args[2] then
    redis.call('HSET', keys[1], 'decider', args[2])
    redis.call('XADD', keys[3], '*', 'm', args[2], 'a', before(cursor, recorded) and recorded or cursor)
  end
  return {cursor, recorded}
end
redis.register_function('thoughtbus_claim_shard', claim_shard)

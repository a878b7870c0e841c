-- Makes the server that holds the lane the only one whose records and cursor count on a shard.
-- KEYS  1 dispatch hash  2 matches stream
-- ARGV  1 token of the server
-- Answers {cursor, position of the last recorded matches}. O(1).
local function claim_shard(keys, args)
  redis.call('HSET', keys[1], 'owner', args[1])
  local last = redis.call('XREVRANGE', keys[2], '+', '-', 'COUNT', 1)
  return {redis.call('HGET', keys[1], 'cursor') or '0-0', last[1] and last[1][1] or '0-0'}
end
redis.register_function('thoughtbus_claim_shard', claim_shard)

-- Notes that every fact up to a position has been dispatched.
-- KEYS  1 dispatch hash
-- ARGV  1 token of the server  2 position
-- Answers 1. Refuses with FENCED if another server has claimed the shard. O(1).
local function advance_cursor(keys, args)
  if redis.call('HGET', keys[1], 'owner') ~= args[1] then
    return redis.error_reply('FENCED another server has claimed the shard')
  end
  redis.call('HSET', keys[1], 'cursor', args[2])
  return 1
end
redis.register_function('thoughtbus_advance_cursor', advance_cursor)

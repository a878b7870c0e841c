-- Makes a dispatcher the only one to dispatch a shard, for a while.
-- KEYS  1 dispatch hash
-- ARGV  1 token of the dispatcher  2 lease in ms
-- Answers {1, cursor} if the shard is the dispatcher's until the lease ends, else {0, ''}. O(1).
local function lease_shard(keys, args)
  local now = now_ms()
  local state = redis.call('HMGET', keys[1], 'owner', 'until', 'cursor')
  if state[1] and state[1] ~= args[1] and tonumber(state[2]) > now then return {0, ''} end
  redis.call('HSET', keys[1], 'owner', args[1], 'until', whole(now + args[2]))
  return {1, state[3] or '0-0'}
end
redis.register_function('thoughtbus_lease_shard', lease_shard)

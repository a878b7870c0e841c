-- Makes a server the only one to dispatch a lane, that is one shard of every namespace, for a while.
-- KEYS  1 lane
-- ARGV  1 token of the server  2 lease in ms
-- Answers 1 if the lane is the server's until the lease ends, else 0. O(1).
local function lease_lane(keys, args)
  local owner = redis.call('GET', keys[1])
  if owner and owner ~= args[1] then return 0 end
  redis.call('SET', keys[1], args[1], 'PX', args[2])
  return 1
end
redis.register_function('thoughtbus_lease_lane', lease_lane)

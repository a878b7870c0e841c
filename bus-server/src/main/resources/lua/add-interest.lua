-- Makes a compiled interest searchable and counts it among those that the index must hold.
-- KEYS  1 interest hash  2 set of all searchable interests
-- ARGV  1 vector with the threshold as a coordinate  2 the rest as JSON  3 subscription:revision
-- Answers 1. O(1) besides the indexing.
local function add_interest(keys, args)
  redis.call('HSET', keys[1], 'v', args[1], 'm', args[2])
  redis.call('SADD', keys[2], args[3])
  return 1
end
redis.register_function('thoughtbus_add_interest', add_interest)

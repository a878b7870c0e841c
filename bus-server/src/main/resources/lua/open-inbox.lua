-- Makes the inbox of a subscription, or changes its delivery settings.
-- KEYS  1 meta hash
-- ARGV  1 revision  2 lease in ms  3 most attempts  4 backoff in ms
-- Answers 1. O(1).
local function open_inbox(keys, args)
  redis.call('HSETNX', keys[1], 'since', args[1])
  redis.call('HSET', keys[1], 'lease', args[2], 'attempts', args[3], 'backoff', args[4])
  return 1
end
redis.register_function('thoughtbus_open_inbox', open_inbox)

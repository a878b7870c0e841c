-- Gives up a lock, if it is still held by the one who gives it up.
-- KEYS  1 lock
-- ARGV  1 token of the holder
-- Answers 1 if it was. O(1).
local function release_lock(keys, args)
  if redis.call('GET', keys[1]) ~= args[1] then return 0 end
  return redis.call('DEL', keys[1])
end
redis.register_function('thoughtbus_release_lock', release_lock)

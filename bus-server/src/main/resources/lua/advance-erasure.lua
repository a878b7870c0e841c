-- Moves an erasure on, if nobody else has since.
-- KEYS  1 erasure hash
-- ARGV  1 how far it has come  2 how far it comes  3 facts to be erased before it goes further, as JSON, or ''
-- Answers 1 if it was there. O(1).
local function advance_erasure(keys, args)
  if (redis.call('HGET', keys[1], 'cursor') or '') ~= args[1] then return 0 end
  redis.call('HSET', keys[1], 'cursor', args[2], 'pending', args[3])
  return 1
end
redis.register_function('thoughtbus_advance_erasure', advance_erasure)

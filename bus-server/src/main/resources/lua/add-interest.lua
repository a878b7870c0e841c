-- Makes a compiled interest searchable and counts its parts among what the index must hold.
-- KEYS  1 interest hash, which is the index' entry of the first part  2 set of all that is searchable
-- ARGV  1 vector with the threshold as a coordinate  2 the rest as JSON  3 subscription:revision
--       [4 to 10 the vectors of the further parts]
-- The entries of further parts have the interest's key with their number behind it, so they are in its slot.
-- Answers 1. O(1) besides the indexing.
local function add_interest(keys, args)
  if args[4] then
    redis.call('HSET', keys[1], 'v', args[1], 'm', args[2], 'p', table.concat(args, '', 4))
  else
    redis.call('HSET', keys[1], 'v', args[1], 'm', args[2])
    redis.call('HDEL', keys[1], 'p')
  end
  redis.call('SADD', keys[2], args[3])
  for part = 2, 8 do
    local entry, member = keys[1] .. ':' .. part, args[3] .. ':' .. part
    if args[part + 2] then
      redis.call('HSET', entry, 'v', args[part + 2])
      redis.call('SADD', keys[2], member)
    else
      redis.call('DEL', entry)
      redis.call('SREM', keys[2], member)
    end
  end
  return 1
end
redis.register_function('thoughtbus_add_interest', add_interest)

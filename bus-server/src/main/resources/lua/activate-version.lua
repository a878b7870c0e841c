-- Puts a version of a subscription in force on one shard, for every fact after the shard's last.
-- KEYS  1 active hash  2 facts stream
-- ARGV  1 subscription  2 revision
-- Answers the position after which it is in force; the same again if it is in force already. O(1).
local function activate_version(keys, args)
  local chain = redis.call('HGET', keys[1], args[1]) or ''
  for revision, position in string.gmatch(chain, '(%d+)@([%d-]+)') do
    if revision == args[2] then return position end
  end
  local last = last_position(keys[2])
  local link = args[2] .. '@' .. last
  redis.call('HSET', keys[1], args[1], chain == '' and link or chain .. ',' .. link)
  return last
end
redis.register_function('thoughtbus_activate_version', activate_version)

-- Forgets the versions of a subscription before one that every later fact of the shard is decided by.
-- KEYS  1 active hash  2 dispatch hash
-- ARGV  1 subscription  2 revision of the first version to keep
-- Answers 1 once the shard's cursor has reached that version's activation, else 0. O(versions).
local function prune_versions(keys, args)
  local chain = redis.call('HGET', keys[1], args[1])
  if not chain then return 1 end
  local cursor = redis.call('HGET', keys[2], 'cursor') or '0-0'
  local kept = {}
  for revision, position in string.gmatch(chain, '(%d+)@([%d-]+)') do
    if tonumber(revision) == tonumber(args[2]) and before(cursor, position) then return 0 end
    if tonumber(revision) >= tonumber(args[2]) then kept[#kept + 1] = revision .. '@' .. position end
  end
  if #kept > 0 then redis.call('HSET', keys[1], args[1], table.concat(kept, ',')) end
  return 1
end
redis.register_function('thoughtbus_prune_versions', prune_versions)

-- Moves the versions of a subscription before one that every later fact of the shard is decided by into the history.
-- KEYS  1 active hash  2 dispatch hash  3 history stream
-- ARGV  1 subscription  2 revision of the first version to keep
-- Answers 1 once the shard's cursor has reached that version's activation, else 0. O(versions).
local function prune_versions(keys, args)
  local chain = redis.call('HGET', keys[1], args[1])
  if not chain then return 1 end
  local cursor = redis.call('HGET', keys[2], 'cursor') or '0-0'
  local kept, past, ending = {}, {}, nil
  for revision, position in string.gmatch(chain, '(%d+)@([%d-]+)') do
    local link = revision .. '@' .. position
    if tonumber(revision) == tonumber(args[2]) and before(cursor, position) then return 0 end
    if tonumber(revision) >= tonumber(args[2]) then
      kept[#kept + 1] = link
      ending = ending or position
    else
      past[#past + 1] = link
    end
  end
  if #kept > 0 and #past > 0 then
    redis.call('XADD', keys[3], '*', 's', args[1], 'c', table.concat(past, ','), 'e', ending)
    redis.call('HSET', keys[1], args[1], table.concat(kept, ','))
  end
  return 1
end
redis.register_function('thoughtbus_prune_versions', prune_versions)

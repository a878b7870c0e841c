-- Keeps a signed checkpoint, unless one of that size or a larger one is kept already.
-- KEYS  1 checkpoints stream
-- ARGV  1 size  2 signed note
-- Answers the signed note of the newest checkpoint. O(1).
local function add_checkpoint(keys, args)
  local last = redis.call('XREVRANGE', keys[1], '+', '-', 'COUNT', 1)
  if last[1] then
    local kept = {}
    for i = 1, #last[1][2], 2 do kept[last[1][2][i]] = last[1][2][i + 1] end
    if tonumber(kept.z) >= tonumber(args[1]) then return kept.n end
  end
  redis.call('XADD', keys[1], '*', 'z', args[1], 'n', args[2])
  return args[2]
end
redis.register_function('thoughtbus_add_checkpoint', add_checkpoint)

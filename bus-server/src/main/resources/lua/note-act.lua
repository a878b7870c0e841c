-- Notes an act of a namespace for the ledger; with a mark only if the last one noted of its kind and id had another.
-- KEYS  1 trail  2 hash of what was noted
-- ARGV  1 kind  2 id  3 body as JSON  4 mark, or ''
-- Answers 1 if it was noted. O(1).
local function note_act(keys, args)
  if not NOTING then return 0 end
  local field = args[1] .. '/' .. args[2]
  if args[4] ~= '' then
    if redis.call('HGET', keys[2], field) == args[4] then return 0 end
    redis.call('HSET', keys[2], field, args[4])
  end
  append_note(keys[1], keys[2], '0', {kind = args[1], id = args[2], body = args[3], at = now_ms()})
  return 1
end
redis.register_function('thoughtbus_note_act', note_act)

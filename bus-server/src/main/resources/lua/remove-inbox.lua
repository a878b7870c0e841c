-- Removes an inbox with all that is in it, and with what streams hold of it; its trail is the ledger's to empty.
-- KEYS  1 inbox  2 meta hash  3 attempts  4 dead  5 epitaphs  6 judgements stream  7 questions
-- ARGV  1 prefix of the keys of what streams hold
-- Answers how many of the keys there were. O(wakes).
local function remove_inbox(keys, args)
  for _, state in ipairs(redis.call('HVALS', keys[3])) do
    local _, holder = read_attempt(state)
    if holder ~= '' and holder ~= '-' then redis.call('DEL', args[1] .. holder) end
  end
  return redis.call('DEL', unpack(keys))
end
redis.register_function('thoughtbus_remove_inbox', remove_inbox)

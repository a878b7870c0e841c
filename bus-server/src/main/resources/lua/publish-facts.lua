-- Journals facts of one shard, remembers them for their lifetimes, and remembers their idempotency keys.
-- KEYS  1 facts stream  2 memory key without the position  3… idempotency keys
-- ARGV  1 shard  2 idempotency window in ms, then for each fact: fact as JSON, vector, subject or '', lifetime in ms,
--       index of its idempotency key in KEYS or 0, salt of its record in the ledger
-- Answers for each fact {position, 1 if its key was known and nothing was written, else 0}. O(facts).
local function publish_facts(keys, args)
  local shard, window = args[1], args[2]
  local now = whole(now_ms())

  local function publish(fact, vector, subject, lifetime, key, salt)
    if key then
      local first = redis.call('GET', key)
      if first then return {first, 1} end
    end
    local position = journal_fact(keys[1], keys[2], shard, now, fact, vector, subject, lifetime, salt)
    if key then redis.call('SET', key, position, 'PX', window) end
    return {position, 0}
  end

  local answers = {}
  for i = 3, #args, 6 do
    answers[#answers + 1] = publish(args[i], args[i + 1], args[i + 2], args[i + 3], keys[tonumber(args[i + 4])], args[i + 5])
  end
  return answers
end
redis.register_function('thoughtbus_publish_facts', publish_facts)

-- Journals what takes a fact of the same shard back: its retraction, or the fact that stands in its place. In the same
-- step the fact leaves live memory, and it is noted that it no longer holds.
-- KEYS  1 facts stream  2 withdrawn hash  3… memory keys without the position, the present model's first  [last its
--       idempotency key]
-- ARGV  1 shard  2 idempotency window in ms  3 position of what is taken back  4 retracted|superseded, then of what
--       takes it back: 5 fact as JSON  6 vector  7 subject or ''  8 lifetime in ms  9 1 if it has an idempotency key
--       10 salt of its record in the ledger
-- Answers {{position, 1 if its key was known and nothing was written, else 0}}; {{position, 1, how}} of what took the
-- fact back before; {{}} if the journal does not hold the fact. O(models).
local function withdraw_fact(keys, args)
  local key = args[9] == '1' and keys[#keys] or nil
  local models = key and #keys - 1 or #keys
  if key then
    local first = redis.call('GET', key)
    if first then return {{first, 1}} end
  end
  local before = redis.call('HGET', keys[2], args[3])
  if before then
    local how, by = string.match(before, '^(%a+) (.+)$')
    return {{by, 1, how}}
  end
  if #redis.call('XRANGE', keys[1], args[3], args[3]) == 0 then return {{}} end
  local memory = args[4] == 'superseded' and keys[3] or nil
  local position = journal_fact(keys[1], memory, args[1], whole(now_ms()), args[5], args[6], args[7], args[8], args[10])
  redis.call('HSET', keys[2], args[3], args[4] .. ' ' .. position)
  for model = 3, models do redis.call('DEL', keys[model] .. args[3]) end
  if key then redis.call('SET', key, position, 'PX', args[2]) end
  return {{position, 0}}
end
redis.register_function('thoughtbus_withdraw_fact', withdraw_fact)

-- Drops what the ledger has taken from a trail.
-- KEYS  1 trail
-- ARGV  1 number of the last act that it has taken
-- Answers how many acts were dropped. O(acts).
local function drain_trail(keys, args)
  local dropped = 0
  while true do
    local first = redis.call('LINDEX', keys[1], 0)
    if not first or before(args[1], string.match(first, '^[%d-]+')) then return dropped end
    redis.call('LPOP', keys[1])
    dropped = dropped + 1
  end
end
redis.register_function('thoughtbus_drain_trail', drain_trail)

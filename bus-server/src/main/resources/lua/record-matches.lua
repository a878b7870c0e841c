-- Writes the matches of some facts of one shard, each under its fact's position and only once.
-- KEYS  1 matches stream  2 dispatch hash
-- ARGV  1 token of the server  then for each fact, in order: position, matches
-- Answers for each fact 0 if written, else what was recorded before: the matches, or '' for none.
-- Refuses with FENCED if another server has claimed the shard. O(facts).
local function record_matches(keys, args)
  if redis.call('HGET', keys[2], 'owner') ~= args[1] then
    return redis.error_reply('FENCED another server has claimed the shard')
  end
  local answer = {}
  for i = 2, #args, 2 do
    local written = redis.pcall('XADD', keys[1], args[i], 'm', args[i + 1])
    if type(written) == 'table' and written.err then
      if not string.find(written.err, 'equal or smaller', 1, true) then return written end
      local recorded = redis.call('XRANGE', keys[1], args[i], args[i])
      answer[#answer + 1] = recorded[1] and recorded[1][2][2] or ''
    else
      answer[#answer + 1] = 0
    end
  end
  return answer
end
redis.register_function('thoughtbus_record_matches', record_matches)

-- Appends leaves to a ledger and moves the cursors of their sources, all or nothing.
-- KEYS  1 head  2 records stream  then the tiles, then the places
-- ARGV  1 size before  2 size after  3 peaks after  4 prefix of the keys of acts  5 how long those last in ms
--       6 number of tiles: for each offset in its tile, hashes
--       then the number of places: for each position of a fact, its leaf, the first leaf of its run
--       then the number of cursors: for each name, value
--       then the number of leaves whose records are erased: for each leaf
--       then for each leaf: kind, id, salt or '', canonical record or ''
-- What became of a wake is found by its fact: the first so many of its leaves are listed under the prefix, and so are
-- those that tell of gaps.
-- Answers 1. Refuses with FENCED if the ledger does not have the size before. O(leaves).
local MOST_ACTS = 10001

-- What a record is filled up with that says something in words, so that it has a node of the stream for itself, and its
-- bytes go with it when it is erased; nothing for others.
local ALONE = 1024
local function filling(record)
  local says = string.find(record, '"reason":"[^"]') or string.find(record, '"act":', 1, true)
  return says and string.rep(' ', ALONE - #record) or ''
end

local function append_leaves(keys, args)
  if (redis.call('HGET', keys[1], 'size') or '0') ~= args[1] then
    return redis.error_reply('FENCED another server has appended to the ledger')
  end
  redis.call('HSETNX', keys[1], 'indexed', args[1])
  local at, key = 6, 2
  local function each(width, work)
    local count = tonumber(args[at])
    at = at + 1
    for _ = 1, count do
      work(at)
      at = at + width
    end
  end
  each(2, function(i)
    key = key + 1
    redis.call('SETRANGE', keys[key], args[i], args[i + 1])
  end)
  each(3, function(i)
    key = key + 1
    redis.call('XADD', keys[key], args[i], 'l', args[i + 1], 'f', args[i + 2])
  end)
  each(2, function(i) redis.call('HSET', keys[1], args[i], args[i + 1]) end)
  each(1, function(i) redis.call('XDEL', keys[2], whole(tonumber(args[i]) + 1) .. '-0') end)
  local now = whole(now_ms())
  local leaf = tonumber(args[1])
  for i = at, #args, 4 do
    leaf = leaf + 1
    local entry = {'XADD', keys[2], whole(leaf) .. '-0', 'k', args[i], 'i', args[i + 1], 't', now}
    if args[i + 2] ~= '' then
      entry[#entry + 1] = 's'
      entry[#entry + 1] = args[i + 2]
    end
    if args[i + 3] ~= '' then
      entry[#entry + 1] = 'b'
      entry[#entry + 1] = args[i + 3]
      entry[#entry + 1] = 'p'
      entry[#entry + 1] = filling(args[i + 3])
    end
    redis.call(unpack(entry))
    local shard, ms, sequence = string.match(args[i + 1], '^(%d+)%-(%d+)%-(%d+)%.%d+r?')
    local acts = shard and args[4] .. shard .. '-' .. ms .. '-' .. whole(tonumber(sequence))
    if args[i] == 'gap' then acts = args[4] .. 'gaps' end
    if acts and redis.call('LLEN', acts) < MOST_ACTS then
      redis.call('RPUSH', acts, whole(leaf - 1))
      redis.call('PEXPIRE', acts, args[5])
    end
  end
  redis.call('HSET', keys[1], 'size', args[2], 'peaks', args[3], 'at', now)
  return 1
end
redis.register_function('thoughtbus_append_leaves', append_leaves)

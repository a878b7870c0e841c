package io.thoughtbus.server.campaign;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.history.Journalled;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journal as it stands in Redis, read past the bus. */
final class StoredJournal {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHARDS = 4;
    private static final int PAGE = 1_000;

    private StoredJournal() {}

    /** Every fact of a namespace, each shard in its order. */
    static List<Journalled> read(RedisClient redis, String namespace) {
        List<Journalled> facts = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            String key = "tb:{" + namespace + "/" + shard + "}:facts";
            StreamEntryID from = StreamEntryID.MINIMUM_ID;
            List<StreamEntry> page;
            do {
                page = redis.xrange(key, from, StreamEntryID.MAXIMUM_ID, PAGE);
                for (StreamEntry entry : page) {
                    facts.add(fact(shard, entry));
                    from = new StreamEntryID(
                            entry.getID().getTime(), entry.getID().getSequence() + 1);
                }
            } while (page.size() == PAGE);
        }
        return facts;
    }

    private static Journalled fact(int shard, StreamEntry entry) {
        JsonNode fact = JSON.readTree(entry.getFields().get("f"));
        return new Journalled(
                new FactId(shard, entry.getID().getTime(), entry.getID().getSequence()),
                fact.get("p").asString(),
                fact.get("k").asString(),
                fact.get("s").asString(),
                fact.get("t").asString());
    }
}

package io.thoughtbus.server.audit;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds what was not recorded because too much waited for the ledger. */
final class Gaps {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 100;

    private final RedisClient redis;

    Gaps(RedisClient redis) {
        this.redis = redis;
    }

    /** What is missing of some subscriptions and may have been about some facts, in words; the youngest hundred gaps count. */
    List<String> of(String namespace, Collection<FactId> facts, Collection<String> subscriptions) {
        List<String> missing = new ArrayList<>(open(namespace, List.copyOf(subscriptions)));
        for (JsonNode gap : closed(new LedgerKeys(namespace))) {
            Instant at = Instant.parse(gap.path("at").asString());
            String subscription = gap.path("subscription").asString("");
            if (subscriptions.contains(subscription)
                    && facts.stream().anyMatch(fact -> fact.milliseconds() <= at.toEpochMilli())) {
                missing.add(gap.path("untold").asLong() + " acts of " + subscription + " before " + at
                        + " were not recorded");
            }
        }
        return missing;
    }

    /** Those that the ledger does not tell of yet. */
    private List<String> open(String namespace, List<String> subscriptions) {
        List<Response<String>> untold = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            subscriptions.forEach(subscription ->
                    untold.add(pipeline.hget(RedisKeys.subscription(namespace, subscription, "meta"), "untold")));
        }
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < subscriptions.size(); i++) {
            String count = untold.get(i).get();
            if (count != null) {
                missing.add(count + " acts of " + subscriptions.get(i) + " are not recorded");
            }
        }
        return missing;
    }

    private List<JsonNode> closed(LedgerKeys keys) {
        List<Response<List<StreamEntry>>> records = new ArrayList<>();
        List<String> leaves = redis.lrange(keys.gaps(), -MOST, -1);
        try (Pipeline pipeline = redis.pipelined()) {
            for (String leaf : leaves) {
                StreamEntryID id = RedisLedger.recordId(Long.parseLong(leaf));
                records.add(pipeline.xrange(keys.records(), id, id));
            }
        }
        return records.stream()
                .flatMap(record -> record.get().stream())
                .map(record -> Optional.ofNullable(record.getFields().get("b")))
                .flatMap(Optional::stream)
                .map(record -> JSON.readTree(record).path("body"))
                .toList();
    }
}

package io.thoughtbus.server.redis;

import java.nio.charset.StandardCharsets;

/**
 * Every key of the bus. All start with {@code tb:} and carry a hash tag, and no function touches two tags.
 *
 * <pre>
 * key                                             type     fields, members                        ends
 * ----------------------------------------------  -------  -------------------------------------  ------------------
 * tb:{registry}:settings                          hash     shards                                 never
 * tb:{registry}:namespaces                        hash     namespace → its settings as JSON       never
 * tb:{registry}:models                            hash     tag → model id                         never
 * tb:{registry}:revision                          string   counts all versions ever made          never
 * tb:{registry}:retiring                          hash     namespace/subscription/revision → next superseded
 * tb:{registry}:replays                           hash     namespace/subscription/replay → owner  replay ended
 * tb:{registry}:commit                            string   nothing; written to wait for the disk  never
 * tb:{registry}:lock:NS/SUB                       string   token of who changes a subscription    30 s
 * tb:{registry}:lock:expiry, :index, :retention   string   token of who looks after it            its lease
 * tb:{registry}:index:right                       hash     namespace → when its index was right    never
 * tb:{registry}:index:mended                      hash     namespace → what was last mended, JSON never
 * tb:{registry}:lane:SHARD                        string   token of who dispatches this shard     its lease
 * tb:{registry}:probe                             string   nothing, written at the start             1 s
 * tb:{registry}:opened                            stream   n namespace, as each is first used     the last 1,000
 *
 * tb:{registry}:subscription:NS/SUB               JSON     the subscription, by Redis OM          deleted
 *
 * tb:{NS}:claim:PUBLISHER/KEY                     string   digest of the body published first     idempotency window
 * tb:{NS}:searchable:MODEL                        set      subscription:revision, all searchable  deleted
 * tb:{NS}:interest:MODEL:SUB:REVISION             hash     v vector, m the rest as JSON; indexed  superseded
 * tb:{NS}:examples:MODEL:SUB                      string   vectors of the text and the examples   deleted
 * tb:{NS}:retired:MODEL:SUB:REVISION              hash     the same, no longer indexed            deleted
 *
 * tb:{NS/SHARD}:facts                             stream   f fact as JSON, v vector, a accepted   retention
 * tb:{NS/SHARD}:fact:MODEL:POSITION               hash     v vector, s subject, p place; indexed  the fact's ttl
 * tb:{NS/SHARD}:key:PUBLISHER/KEY                 string   position of the fact published first   idempotency window
 * tb:{NS/SHARD}:descendants:POSITION              set      publisher/key, or chance, of each      a day after the first
 * tb:{NS/SHARD}:active                            hash     subscription → revision\@position, …    deleted
 * tb:{NS/SHARD}:matches                           stream   m matches of the fact of the same id   retention
 * tb:{NS/SHARD}:dispatch                          hash     cursor, owner                          never
 *
 * tb:{NS/SUB}:inbox                               zset     wake → due time in ms                  deleted
 * tb:{NS/SUB}:meta                                hash     settings, last positions, dropped      deleted
 * tb:{NS/SUB}:attempts                            hash     wake → attempt|holder|serial|reason    wake settled
 * tb:{NS/SUB}:held:STREAM                         zset     wake → serial                          wake settled
 * tb:{NS/SUB}:dead                                zset     wake → time of death in ms             the last 10,000
 * tb:{NS/SUB}:epitaphs                            hash     wake → cause, attempts, reason as JSON revived, deleted
 * tb:{NS/SUB}:judgements                          stream   wake, relevant                         the last 1,000
 * tb:{NS/SUB}:replays                             set      replay ids                             deleted
 * tb:{NS/SUB}:replay:ID                           hash     draft, state, progress                 7 days after its end
 * tb:{NS/SUB}:replay:ID:matches                   list     position score                         with it
 * </pre>
 */
public final class RedisKeys {
    /** The channel on which servers tell each other at which inboxes to look. */
    public static final String RING = "tb:ring";

    /** Where Redis OM keeps the subscriptions; their index is on this prefix. */
    public static final String SUBSCRIPTIONS = "tb:{registry}:subscription";

    /** Written to learn, from what follows, that everything written before is on disk. */
    public static final String COMMIT = "tb:{registry}:commit";

    private static final String REGISTRY = "tb:{registry}:";

    private RedisKeys() {}

    /** A key of the registry. */
    public static String registry(String name) {
        return REGISTRY + name;
    }

    /** A key of a namespace. */
    public static String namespace(String namespace, String name) {
        return "tb:{" + namespace + "}:" + name;
    }

    /** A key of one shard of a namespace's journal. */
    public static String shard(String namespace, int shard, String name) {
        return "tb:{" + namespace + "/" + shard + "}:" + name;
    }

    /** A key of one subscription. */
    public static String subscription(String namespace, String subscription, String name) {
        return "tb:{" + namespace + "/" + subscription + "}:" + name;
    }

    /** A key as Redis takes it. */
    public static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}

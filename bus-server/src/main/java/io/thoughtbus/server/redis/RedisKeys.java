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
 * tb:{registry}:learners                          hash     namespace/subscription → judged so far  deleted
 * tb:{registry}:replays                           hash     namespace/subscription/replay → owner  replay ended
 * tb:{registry}:comparisons                       hash     namespace/replay → nothing             replay ended
 * tb:{registry}:erasures                          hash     namespace/erasure → plan, JSON         erasure done
 * tb:{registry}:rewrite                           string   chance; the file holds erased facts    rewritten
 * tb:{registry}:commit                            string   nothing; written to wait for the disk  never
 * tb:{registry}:lock:NS/SUB                       string   token of who changes a subscription    30 s
 * tb:{registry}:lock:expiry, :relearning, …       string   token of who looks after it            its lease
 * tb:{registry}:lock:replay/…, :comparison/…      string   token of who carries out this replay   its lease
 * tb:{registry}:lock:ledger                       string   token of who keeps the ledgers         its lease
 * tb:{registry}:lock:archive                      string   token of who archives                  its lease
 * tb:{registry}:ledger-key                        hash     origin → which key signs checkpoints   never
 * tb:{registry}:index:right                       hash     namespace → when its index was right    never
 * tb:{registry}:index:mended                      hash     namespace → what was last mended, JSON never
 * tb:{registry}:lane:SHARD                        string   token of who dispatches this shard     its lease
 * tb:{registry}:asking                            set      NS/SUB that want a second stage        deleted
 * tb:{registry}:probe                             string   nothing, written at the start             1 s
 * tb:{registry}:opened                            stream   n namespace, as each is first used     the last 1,000
 *
 * tb:{registry}:subscription:NS/SUB               JSON     the subscription, by Redis OM          deleted
 *
 * tb:{NS}:claim:PUBLISHER/KEY                     string   digest of the body published first     idempotency window
 * tb:{NS}:asked:DATE                              string   questions asked that day               2 days
 * tb:{NS}:searchable:MODEL                        set      subscription:revision[:part], all      deleted
 *                                                          that are searchable
 * tb:{NS}:interest:MODEL:SUB:REVISION             hash     v vector, m the rest as JSON; indexed; superseded
 *                                                          p vectors of further parts, if any
 * tb:{NS}:interest:MODEL:SUB:REVISION:PART        hash     v vector of part 2 to 8; indexed       superseded
 * tb:{NS}:examples:MODEL:SUB                      string   vectors of the text and the examples   deleted
 * tb:{NS}:retired:MODEL:SUB:REVISION              hash     the same, no longer indexed            history forgets it
 * tb:{NS}:past                                    set      subscription:revision, all retired     history forgets it
 * tb:{NS}:taught                                  set      subscriptions that verdicts taught     deleted
 * tb:{NS}:taught:SUB                              set      facts that taught it                   deleted
 * tb:{NS}:replays                                 set      replay ids                             replay forgotten
 * tb:{NS}:replay:ID                               hash     plan, state, progress, serial          7 days after its end
 * tb:{NS}:replay:ID:lines                         list     some lines of the result, deflated     with it
 * tb:{NS}:replay:ID:KIND                          list     the first findings of a kind as JSON   with it
 * tb:{NS}:erasures                                zset     erasure → when it began in ms          the last 10,000
 * tb:{NS}:erasure:ID                              hash     plan, cursor, pending, ended           with it
 * tb:{NS}:erasure:ID:facts                        zset     fact → ms in its position              with it
 * tb:{NS}:erased:SUBJECT                          set      erasures of the subject's facts        with them
 * tb:{NS}:trail                                   list     number|act as JSON, not in the ledger  taken
 * tb:{NS}:noted                                   hash     next number, what was noted last       never
 * tb:{NS}:left                                    set      deleted subscriptions with a trail     taken
 *
 * tb:{NS/ledger}:head                             hash     size, peaks, cursors of all sources,   never
 *                                                          from which leaf acts are listed
 * tb:{NS/ledger}:records                          stream   leaf+1 → kind, id, salt, record        ledger retention
 * tb:{NS/ledger}:tile:LEVEL:NUMBER                string   up to 256 hashes                       never
 * tb:{NS/ledger}:places:SHARD                     stream   fact → its leaf, for the last of some  ledger retention
 * tb:{NS/ledger}:acts:FACT                        list     leaves of what became of its wakes     ledger retention
 * tb:{NS/ledger}:acts:gaps                        list     leaves of the kind gap                 ledger retention
 * tb:{NS/ledger}:checkpoints                      stream   time → size, signed note               thinned to 1,000
 *
 * tb:{NS/SHARD}:facts                             stream   f fact as JSON, v vector, a accepted,  retention
 *                                                          s salt
 * tb:{NS/SHARD}:fact:MODEL:POSITION               hash     v vector, s subject, p place; indexed  the fact's ttl
 * tb:{NS/SHARD}:key:PUBLISHER/KEY                 string   position of the fact published first   idempotency window
 * tb:{NS/SHARD}:withdrawn                         hash     position → how and by what position     retention
 * tb:{NS/SHARD}:erased                            zset     position → ms in it, of erased facts    retention's age
 * tb:{NS/SHARD}:descendants:POSITION              set      publisher/key, or chance, of each      a day after the first
 * tb:{NS/SHARD}:active                            hash     subscription → revision\@position, …    deleted
 * tb:{NS/SHARD}:history                           stream   s subscription, c links of its chain,  no fact of theirs is
 *                                                          e where they end, d sure until;        left, and 90 days
 *                                                          m model and guard, a after here
 * tb:{NS/SHARD}:matches                           stream   m matches of the fact of the same id   retention
 * tb:{NS/SHARD}:answers:POSITION                  hash     subscription:revision → answer, JSON   retention
 * tb:{NS/SHARD}:dispatch                          hash     cursor, owner, decider, trimmed        never
 *
 * tb:{NS/SUB}:inbox                               zset     wake → due time in ms                  deleted
 * tb:{NS/SUB}:meta                                hash     settings, last positions, dropped      deleted
 * tb:{NS/SUB}:attempts                            hash     wake → attempt|holder|serial|reason    wake settled
 * tb:{NS/SUB}:held:STREAM                         zset     wake → serial                          wake settled
 * tb:{NS/SUB}:dead                                zset     wake → time of death in ms             the last 10,000
 * tb:{NS/SUB}:epitaphs                            hash     wake → cause, attempts, reason as JSON revived, deleted
 * tb:{NS/SUB}:questions                           zset     wake in doubt → when to ask next in ms answered
 * tb:{NS/SUB}:judgements                          stream   wake, relevant                         the last 1,000
 * tb:{NS/SUB}:trail                               list     number|act as JSON, not in the ledger  taken
 * tb:{NS/SUB}:replays                             set      replay ids                             deleted
 * tb:{NS/SUB}:replay:ID                           hash     plan, state, progress, serial          7 days after its end
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

    /** A key of the ledger of a namespace. */
    public static String ledger(String namespace, String name) {
        return subscription(namespace, "ledger", name);
    }

    /** A key as Redis takes it. */
    public static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}

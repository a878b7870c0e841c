package io.thoughtbus.server.journal;

import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.FactPublisher.AdmittedDraft;
import io.thoughtbus.server.redis.DurabilityGauge;
import io.thoughtbus.server.redis.GroupCommit;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import tools.jackson.databind.json.JsonMapper;

/** A journal in which facts stand at the positions that a test wants. */
public final class JournalInHand {
    private static final JournalProperties PROPERTIES =
            new JournalProperties(4, Duration.ofDays(1), Duration.ofDays(1), 16, 1_000);
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final HashingEmbedder EMBEDDER = new HashingEmbedder(16);
    private static final RedisClient REDIS = RedisInHand.client();
    private static final RedisModels MODELS = new RedisModels(REDIS, EMBEDDER);
    private static final FactCodec CODEC = new FactCodec(JsonMapper.builder().build(), MODELS, EMBEDDER);

    private JournalInHand() {}

    /** The journal of all namespaces. */
    public static RedisJournal journal() {
        return new RedisJournal(REDIS, CODEC);
    }

    /** The same without an archive behind it. */
    public static WholeJournal whole() {
        return whole(REDIS, null);
    }

    /** The same through a client of a test's own, with what has left Redis. */
    public static WholeJournal whole(RedisClient redis, @Nullable JournalArchive archive) {
        return new WholeJournal(redis, new RedisJournal(redis, CODEC), CODEC, archive);
    }

    /** What erases facts, through a client of a test's own. */
    public static RedisErased erased(RedisClient redis) {
        return new RedisErased(redis, RedisInHand.functions().through(redis), MODELS);
    }

    /** The models of this Redis, and the one that makes the embeddings. */
    public static RedisModels models() {
        return MODELS;
    }

    /** The namespaces of this Redis, without parts. */
    public static Namespaces namespaces() {
        return namespaces(REDIS);
    }

    private static Namespaces namespaces(RedisClient redis) {
        return new Namespaces(
                redis,
                JsonMapper.builder().build(),
                PROPERTIES,
                new StaticListableBeanFactory().getBeanProvider(NamespacePart.class));
    }

    /** A writer to all namespaces through a client and with commits of a test's own. */
    static RedisFactWriter writer(RedisClient redis, GroupCommit commits) {
        DurabilityGauge gauge = RedisInHand.gauge(redis);
        Namespaces namespaces = namespaces(redis);
        return new RedisFactWriter(trip(redis), gauge, commits, CODEC, namespaces, new Shards(4));
    }

    /** Trips through a client of a test's own. */
    static RedisFactTrip trip(RedisClient redis) {
        return new RedisFactTrip(
                redis,
                RedisInHand.functions().through(redis),
                RedisInHand.gauge(redis),
                new RedisModels(redis, EMBEDDER),
                PROPERTIES);
    }

    /** A fact as it comes to the writer. */
    static AdmittedDraft embedded(FactDraft fact) {
        return new AdmittedDraft(fact, EMBEDDER.embed(fact.text()), Descent.NONE);
    }

    /** Writes a fact at a position, which must come after the shard's last. */
    public static void append(String namespace, FactId position, FactDraft fact) {
        append(namespace, position, fact, null);
    }

    /** Writes the retraction of a fact at a position. */
    public static void retract(String namespace, FactId position, FactId old) {
        write(namespace, position, FactDraft.of("the fact " + old + " is retracted"), null, old);
        REDIS.hset(
                RedisWithdrawals.key(namespace, old.shard()),
                RedisJournal.position(old),
                "retracted " + RedisJournal.position(position));
    }

    /** Writes a fact at a position, in the place of another one. */
    public static void supersede(String namespace, FactId position, FactDraft fact, FactId old) {
        append(namespace, position, fact.superseding(old));
        REDIS.hset(
                RedisWithdrawals.key(namespace, old.shard()),
                RedisJournal.position(old),
                "superseded " + RedisJournal.position(position));
    }

    /** Which facts of this Redis no longer hold. */
    public static RedisWithdrawals withdrawals() {
        return new RedisWithdrawals(REDIS);
    }

    /** Writes a fact at a position that is later than its acceptance, as it is when Redis' clock was set back. */
    public static void append(String namespace, FactId position, FactDraft fact, @Nullable Instant acceptedAt) {
        write(namespace, position, fact, acceptedAt, null);
    }

    private static void write(
            String namespace,
            FactId position,
            FactDraft fact,
            @Nullable Instant acceptedAt,
            @Nullable FactId retracts) {
        IdentityHashMap<byte[], byte[]> fields = new IdentityHashMap<>();
        fields.put(
                new byte[] {'f'},
                CODEC.encode(fact, fact.ttl() == null ? FOR_EVER : fact.ttl(), Descent.NONE, retracts));
        fields.put(new byte[] {'v'}, EMBEDDER.embed(fact.text()).toBytes());
        if (acceptedAt != null) {
            fields.put(new byte[] {'a'}, RedisKeys.bytes(Long.toString(acceptedAt.toEpochMilli())));
        }
        REDIS.xadd(
                RedisJournal.key(namespace, position.shard()),
                XAddParams.xAddParams().id(new StreamEntryID(position.milliseconds(), position.sequence())),
                fields);
    }

    /** Writes a fact at a position. */
    public static void append(String namespace, FactId position) {
        append(namespace, position, FactDraft.of("the fact " + position));
    }
}

package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.redis.RedisInHand;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Interests put together by hand, without subscriptions around them. */
public final class InterestsInHand {
    private static final Guard guard = new Guard(new HashingEmbedder());

    private InterestsInHand() {}

    /** Whether an interest says that a fact wakes. */
    public static boolean wakes(CompiledInterest interest, JournalledFact fact) {
        return interest.decide(fact, guard.read(fact.fact().text(), fact.embedding()))
                .wakes();
    }

    /** The index of a model on the Redis of the tests. */
    public static RedisInterestIndex index(Embedder embedder) {
        return new RedisInterestIndex(RedisInHand.client(), RedisInHand.functions(), embedder);
    }

    /** All interests of that model. */
    public static Interests interests(Embedder embedder) {
        return new Interests(
                RedisInHand.client(),
                index(embedder),
                JournalInHand.models(),
                JsonMapper.builder().build(),
                embedder);
    }

    /** An interest of the first version. */
    public static CompiledInterest interest(
            String subscription, long revision, Embedding direction, double threshold, @Nullable String filter) {
        return new CompiledInterest(
                subscription,
                revision,
                1,
                direction,
                threshold,
                filter == null ? null : Filter.compile(filter),
                Set.of());
    }
}

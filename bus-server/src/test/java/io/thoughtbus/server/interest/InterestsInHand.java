package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.server.redis.RedisInHand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Interests put together by hand, without subscriptions around them. */
public final class InterestsInHand {
    private InterestsInHand() {}

    /** The index of a model on the Redis of the tests. */
    public static RedisInterestIndex index(Embedder embedder) {
        return new RedisInterestIndex(RedisInHand.client(), RedisInHand.functions(), embedder);
    }

    /** All interests of that model. */
    public static Interests interests(Embedder embedder) {
        return new Interests(
                RedisInHand.client(), index(embedder), JsonMapper.builder().build(), embedder);
    }

    /** An interest of the first version. */
    public static CompiledInterest interest(
            String subscription, long revision, Embedding direction, double threshold, @Nullable String filter) {
        return new CompiledInterest(
                subscription, revision, 1, direction, threshold, filter == null ? null : Filter.compile(filter));
    }
}

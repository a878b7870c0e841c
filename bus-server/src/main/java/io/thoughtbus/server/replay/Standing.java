package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.subscription.ShardHistory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version of a subscription with the facts of each shard that it decides. */
final class Standing {
    private final CompiledInterest interest;
    private final List<ShardHistory.@Nullable Span> spans;

    Standing(CompiledInterest interest, List<ShardHistory.@Nullable Span> spans) {
        this.interest = interest;
        this.spans = spans;
    }

    CompiledInterest interest() {
        return interest;
    }

    /** Whether this version decides a fact. */
    boolean decides(FactId fact) {
        ShardHistory.Span span = spans.get(fact.shard());
        return span != null && span.holds(fact);
    }

    /** Whether it has decided a fact that it decides; not so if the fact was under way when the subscription was deleted. */
    boolean isSure(FactId fact) {
        ShardHistory.Span span = spans.get(fact.shard());
        return span != null && span.isSure(fact);
    }
}

package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.redis.RedisTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;

/**
 * Bounds what is kept of versions that decide no more facts. A version is kept for as long as a shard's journal holds a
 * fact that it may have decided, and 90 days longer if it is among the youngest 10,000 that no fact needs.
 */
@Component
final class PastVersions {
    private static final Logger log = LoggerFactory.getLogger(PastVersions.class);
    private static final Duration KEPT = Duration.ofDays(90);
    private static final int MOST_WITHOUT_FACTS = 10_000;

    private final RedisActivations activations;
    private final WholeJournal journal;
    private final Interests interests;
    private final SubscriptionRegistry registry;
    private final Shards shards;
    private final RedisTime time;

    PastVersions(
            RedisActivations activations,
            WholeJournal journal,
            Interests interests,
            SubscriptionRegistry registry,
            Shards shards,
            RedisTime time) {
        this.activations = activations;
        this.journal = journal;
        this.interests = interests;
        this.registry = registry;
        this.shards = shards;
        this.time = time;
    }

    /** Forgets what a namespace need not keep, and returns how many interests that were. */
    long forget(String namespace) {
        Set<InterestRef> retired = interests.retired(namespace);
        Instant old = time.now().minus(KEPT);
        shards.all().forEach(shard -> {
            ShardPast held = activations.past(namespace, shard);
            if (held.isLong()) {
                FactId first = journal.first(namespace, shard);
                StreamEntryID oldest = new StreamEntryID(first.milliseconds(), first.sequence());
                List<StreamEntryID> forgotten = unneeded(held.versions(), oldest, old);
                forgotten.addAll(followed(held.deciders(), oldest));
                activations.forgetPast(namespace, shard, forgotten);
            }
        });
        if (retired.isEmpty()) {
            return 0;
        }
        Set<InterestRef> known = new HashSet<>();
        shards.all()
                .forEach(shard ->
                        activations.history(namespace, shard).spans().forEach(span -> known.add(span.version())));
        long dropped = 0;
        for (InterestRef ref : retired) {
            if (!known.contains(ref) && !isNamed(namespace, ref)) {
                interests.drop(namespace, ref);
                dropped++;
            }
        }
        if (dropped > 0) {
            log.debug("{} versions of {} decided no fact that is left and are forgotten", dropped, namespace);
        }
        return dropped;
    }

    private List<StreamEntryID> unneeded(List<HistoryEntry> versions, StreamEntryID oldest, Instant old) {
        List<HistoryEntry> unneeded = versions.stream()
                .filter(entry -> entry.ending().compareTo(oldest) < 0)
                .toList();
        int tooMany = unneeded.size() - MOST_WITHOUT_FACTS;
        List<StreamEntryID> forgotten = new ArrayList<>();
        for (int i = 0; i < unneeded.size(); i++) {
            if (i < tooMany || unneeded.get(i).endedAt().isBefore(old)) {
                forgotten.add(unneeded.get(i).id());
            }
        }
        return forgotten;
    }

    /** Models and guards that were followed by another before the oldest fact have decided none that is left. */
    private static List<StreamEntryID> followed(List<DeciderEntry> deciders, StreamEntryID oldest) {
        List<StreamEntryID> followed = new ArrayList<>();
        for (int i = 0; i + 1 < deciders.size(); i++) {
            if (deciders.get(i + 1).after().compareTo(oldest) < 0) {
                followed.add(deciders.get(i).id());
            }
        }
        return followed;
    }

    /** The last ten versions of a subscription that is there are kept with it. */
    private boolean isNamed(String namespace, InterestRef ref) {
        return registry.find(namespace, ref.subscription())
                .filter(subscription -> subscription.names(ref.revision()))
                .isPresent();
    }
}

package io.thoughtbus.server.subscription;

import java.util.List;
import redis.clients.jedis.resps.StreamEntry;

/**
 * What a shard's history holds, the oldest first.
 *
 * @param versions those that have been taken out of the chains
 * @param deciders the models and guards that have decided
 */
record ShardPast(List<HistoryEntry> versions, List<DeciderEntry> deciders) {

    static ShardPast of(List<StreamEntry> entries) {
        return new ShardPast(
                entries.stream()
                        .filter(HistoryEntry::isOne)
                        .map(HistoryEntry::of)
                        .toList(),
                entries.stream()
                        .filter(DeciderEntry::isOne)
                        .map(DeciderEntry::of)
                        .toList());
    }

    /** Whether there may be something that nobody needs any more. */
    boolean isLong() {
        return !versions.isEmpty() || deciders.size() > 1;
    }
}

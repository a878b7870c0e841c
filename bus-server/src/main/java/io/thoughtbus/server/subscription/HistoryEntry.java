package io.thoughtbus.server.subscription;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Versions of one subscription that decide no later fact of a shard.
 *
 * @param links after which position each came into force, by its revision
 * @param ending the last position that the last of them may have decided
 * @param sure the last position that it has decided if it was in force there; before {@code ending} after a deletion
 */
record HistoryEntry(
        StreamEntryID id,
        String subscription,
        Map<Long, StreamEntryID> links,
        StreamEntryID ending,
        StreamEntryID sure) {
    HistoryEntry {
        links = new TreeMap<>(links);
    }

    static boolean isOne(StreamEntry stored) {
        return stored.getFields().containsKey("c");
    }

    static HistoryEntry of(StreamEntry stored) {
        Map<String, String> fields = stored.getFields();
        StreamEntryID ending = new StreamEntryID(fields.getOrDefault("e", "0-0"));
        String sure = fields.get("d");
        return new HistoryEntry(
                stored.getID(),
                fields.getOrDefault("s", ""),
                VersionChain.parse(fields.get("c")).links(),
                ending,
                sure == null ? ending : new StreamEntryID(sure));
    }

    /** The revision of the last version; those before end where the next one begins. */
    long last() {
        return links.keySet().stream().mapToLong(Long::longValue).max().orElse(-1);
    }

    /** When these versions were superseded, or their subscription deleted, as far as facts of this shard are concerned. */
    Instant endedAt() {
        return Instant.ofEpochMilli(id.getTime());
    }
}

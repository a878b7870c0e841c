package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.FactId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;

/** Which version of a subscription decides which facts of one shard: each those after its activation. */
public final class VersionChain {
    private static final VersionChain EMPTY = new VersionChain(List.of());

    private final List<Link> links;

    private VersionChain(List<Link> links) {
        this.links = links;
    }

    /** The chain as it is stored, {@code revision@position,…}; absent for a subscription that is not in force. */
    public static VersionChain parse(@Nullable String stored) {
        if (stored == null) {
            return EMPTY;
        }
        List<Link> links = new ArrayList<>();
        for (String link : stored.split(",", -1)) {
            int at = link.indexOf('@');
            links.add(new Link(Long.parseLong(link.substring(0, at)), new StreamEntryID(link.substring(at + 1))));
        }
        return new VersionChain(links);
    }

    /** The revision of the version that decides a fact; none if the subscription came later. */
    public OptionalLong inForceAt(FactId fact) {
        StreamEntryID position = new StreamEntryID(fact.milliseconds(), fact.sequence());
        return links.stream()
                .filter(link -> link.after().compareTo(position) < 0)
                .mapToLong(Link::revision)
                .max();
    }

    /** After which position each version came into force, by its revision. */
    Map<Long, StreamEntryID> links() {
        Map<Long, StreamEntryID> after = new TreeMap<>();
        links.forEach(link -> after.put(link.revision(), link.after()));
        return after;
    }

    /** The revision of the version that came into force last; none if the subscription is not in force. */
    OptionalLong latest() {
        return links.stream().mapToLong(Link::revision).max();
    }

    private record Link(long revision, StreamEntryID after) {}
}

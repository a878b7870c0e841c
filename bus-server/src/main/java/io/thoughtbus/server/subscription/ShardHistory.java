package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.interest.InterestRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import redis.clients.jedis.StreamEntryID;

/** Which versions of which subscriptions, present and deleted, decide which facts of one shard. */
public final class ShardHistory {
    private static final StreamEntryID NEVER = new StreamEntryID(Long.MAX_VALUE, Long.MAX_VALUE);

    private final int shard;
    private final List<Span> spans = new ArrayList<>();
    private final List<DeciderEntry> deciders;

    private ShardHistory(int shard, List<DeciderEntry> deciders) {
        this.shard = shard;
        this.deciders = deciders;
    }

    /**
     * The history that is told by the chains in force and what has been taken out of them. The chains must have been read
     * before: then a link that was moved meanwhile is in both, and none is missing.
     */
    static ShardHistory of(int shard, Map<String, VersionChain> inForce, ShardPast past) {
        Map<String, Line> lines = new HashMap<>();
        past.versions()
                .forEach(entry -> lines.computeIfAbsent(entry.subscription(), id -> new Line())
                        .add(entry));
        inForce.forEach((subscription, chain) ->
                lines.computeIfAbsent(subscription, id -> new Line()).addInForce(chain));
        ShardHistory history = new ShardHistory(shard, past.deciders());
        lines.forEach(history::add);
        return history;
    }

    /** Every version with the facts that it decides, each position by one version of a subscription at most. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The model and guard that decided a fact; empty if that was before anybody noted them. */
    public Optional<Decider> deciderOf(FactId fact) {
        return deciders.stream()
                .filter(entry -> position(entry.after()).compareTo(fact) < 0)
                .reduce((earlier, later) -> later)
                .map(DeciderEntry::decider);
    }

    private void add(String subscription, Line line) {
        StreamEntryID next = NEVER;
        for (Map.Entry<Long, StreamEntryID> link : line.links.descendingMap().entrySet()) {
            StreamEntryID until = first(next, line.endings.getOrDefault(link.getKey(), NEVER));
            StreamEntryID sure = first(until, line.sure.getOrDefault(link.getKey(), NEVER));
            spans.add(new Span(
                    new InterestRef(subscription, link.getKey()),
                    position(link.getValue()),
                    position(until),
                    position(sure)));
            next = link.getValue();
        }
    }

    private FactId position(StreamEntryID id) {
        return new FactId(shard, id.getTime(), id.getSequence());
    }

    private static StreamEntryID first(StreamEntryID a, StreamEntryID b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** What is known of one subscription. */
    private static final class Line {
        private final TreeMap<Long, StreamEntryID> links = new TreeMap<>();
        private final Map<Long, StreamEntryID> endings = new HashMap<>();
        private final Map<Long, StreamEntryID> sure = new HashMap<>();

        void add(HistoryEntry entry) {
            links.putAll(entry.links());
            endings.put(entry.last(), entry.ending());
            entry.links().keySet().forEach(revision -> sure.put(revision, entry.sure()));
        }

        void addInForce(VersionChain chain) {
            links.putAll(chain.links());
            endings.keySet().removeAll(chain.links().keySet());
            sure.keySet().removeAll(chain.links().keySet());
        }
    }

    /**
     * The facts of the shard that one version decides.
     *
     * @param after the last position before them
     * @param until the last of them, or where it would be
     * @param sure from here on to {@code until} the subscription was being deleted: a fact may have been decided without it
     */
    public record Span(InterestRef version, FactId after, FactId until, FactId sure) {
        /** Whether the version decides a fact. */
        public boolean holds(FactId fact) {
            return after.compareTo(fact) < 0 && fact.compareTo(until) <= 0;
        }

        /** Whether the version has decided a fact that it holds, whatever became of its subscription. */
        public boolean isSure(FactId fact) {
            return fact.compareTo(sure) <= 0;
        }
    }
}

package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishers against a bus that keeps its promises while requests and answers are lost, late and repeated. Only what
 * publishers and the journal can know of it is told; {@link RandomInboxes} tells the rest.
 */
final class RandomRun {
    static final List<String> TEXTS = List.of("calm", "late", "calm", "cold", "late and cold");
    private static final int SHARDS = 2;

    private final Random random;
    private final Story story;
    private final Map<String, TreeMap<Long, Publication>> requests = new HashMap<>();
    private long lastRequest;

    private RandomRun(Random random, Story story) {
        this.random = random;
        this.story = story;
    }

    /** Adds facts to a story that has none, published by several at once. */
    static void publish(Random random, Story story, int facts) {
        RandomRun run = new RandomRun(random, story);
        for (int publisher = 0; publisher < 4; publisher++) {
            long now = 1_000;
            for (int n = 0; n < facts / 4; n++) {
                now = run.publish("p-" + publisher, "k-" + n, now);
            }
        }
        run.journal();
    }

    /** Publishes a fact, again and again if its outcome is unknown; answers when the publisher is free. */
    private long publish(String publisher, String key, long start) {
        String subject = "s-" + random.nextInt(3);
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        long now = start;
        while (true) {
            long from = now + random.nextInt(2_000);
            long to = from + 100 + random.nextInt(3_000);
            Publication unknown = new Publication(
                    publisher, key, subject, text, from, to, Publication.Outcome.UNKNOWN, null, null, "reset");
            now = to + 1;
            switch (random.nextInt(10)) {
                case 0 -> {
                    story.publications.add(new Publication(
                            publisher, key, subject, text, from, to, Publication.Outcome.REFUSED, null, null, "no"));
                    return now;
                }
                case 1, 2 -> {
                    story.publications.add(unknown);
                    if (random.nextBoolean()) {
                        arrive(unknown, from + 1 + random.nextInt((int) (to - from) + 5_000), false);
                    }
                    if (random.nextInt(4) == 0) {
                        return now;
                    }
                }
                default -> {
                    arrive(unknown, from + 1 + random.nextInt((int) (to - from) - 1), true);
                    return now;
                }
            }
        }
    }

    /** A request arrives at the bus at this time or just after, because no two do together. */
    private void arrive(Publication request, long time, boolean answered) {
        TreeMap<Long, Publication> arrived =
                requests.computeIfAbsent(request.publisher() + "/" + request.key(), key -> new TreeMap<>());
        arrived.put(time, request);
        lastRequest = Math.max(lastRequest, request.completedAt());
        if (answered) {
            Map.Entry<Long, Publication> first = arrived.firstEntry();
            story.publications.add(new Publication(
                    request.publisher(),
                    request.key(),
                    request.subject(),
                    request.text(),
                    request.invokedAt(),
                    request.completedAt(),
                    Publication.Outcome.ACCEPTED,
                    position(request, first.getKey()),
                    random.nextInt(4) == 0 ? Durability.ACCEPTED : Durability.FSYNCED,
                    ""));
        }
    }

    /** The first request of each key is journalled; a few calm facts that nobody waited to be on disk are lost again. */
    private void journal() {
        for (TreeMap<Long, Publication> arrived : requests.values()) {
            Publication first = arrived.firstEntry().getValue();
            FactId id = position(first, arrived.firstKey());
            if (!first.text().equals("calm") || !isVolatile(id) || random.nextInt(3) > 0) {
                story.journal.add(new Journalled(id, first.publisher(), first.key(), first.subject(), first.text()));
            }
        }
        story.journal.sort(Comparator.comparing(Journalled::id));
        List<FactId> ends = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            ends.add(new FactId(shard, lastRequest / 2, 0));
        }
        story.standings.add(new Standing("late", 1, List.of()));
        story.standings.add(new Standing("late", 2, ends));
        story.standings.add(new Standing("cold", 1, ends));
    }

    private boolean isVolatile(FactId id) {
        return story.publications.stream()
                .filter(publication -> id.equals(publication.id()))
                .allMatch(publication -> publication.durability() == Durability.ACCEPTED);
    }

    /** Facts of several publishers may share a time, but no sequence. */
    private static FactId position(Publication request, long time) {
        int sequence = Integer.parseInt(request.publisher().substring(2));
        return new FactId(shard(request.subject()), time, sequence);
    }

    static int shard(@Nullable String subject) {
        return Math.floorMod(String.valueOf(subject).hashCode(), SHARDS);
    }
}

package io.thoughtbus.server.history;

import io.thoughtbus.protocol.WakeVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Subscribers of a bus that keeps its promises while they answer late, twice or never, and their connections break. */
final class RandomInboxes {
    private static final long LEASE = 50_000_000;
    private static final int MOST_ATTEMPTS = 5;

    private final Random random;
    private final Story story;
    private final Map<String, Long> takers = new HashMap<>();

    RandomInboxes(Random random, Story story) {
        this.random = random;
        this.story = story;
    }

    /** Delivers the wakes that are owed, each taker's first deliveries in the order of the journal. */
    void deliver() {
        Standings standings = new Standings(story.standings);
        for (Journalled fact : story.journal) {
            for (String subscription : standings.subscriptions()) {
                standings
                        .deciding(subscription, fact.id())
                        .filter(standing -> fact.text().contains(subscription))
                        .ifPresent(standing -> deliver(fact, standing));
            }
        }
    }

    private void deliver(Journalled fact, Standing standing) {
        String taker = taker(standing);
        long received = Math.max(fact.id().milliseconds(), takers.getOrDefault(taker, 0L)) + 1 + random.nextInt(900);
        takers.put(taker, received);
        if (random.nextInt(8) == 0) {
            wake(fact, standing, true, 1, "replayer", received, 0, given(received + 10, GivenVerdict.Outcome.DONE));
        }
        int attempt = 1;
        if (random.nextInt(8) == 0) {
            long lost = received;
            received = received + LEASE + random.nextInt(900);
            attempt = 2;
            if (random.nextBoolean()) {
                String tardy = "tardy-" + fact.id() + "-" + standing.subscription();
                wake(fact, standing, false, 1, tardy, received + random.nextInt(2_000_000), lost + LEASE);
            }
        }
        while (attempt <= MOST_ATTEMPTS) {
            long next = attempt(fact, standing, attempt, taker, received);
            if (next == Seconds.NEVER) {
                return;
            }
            received = next;
            taker = taker(standing);
            attempt++;
        }
        story.ended.add(new EndedWake(standing.subscription(), name(fact, standing)));
    }

    /** Delivers once; answers when the wake is delivered again. */
    private long attempt(Journalled fact, Standing standing, int attempt, String taker, long received) {
        long lease = received + LEASE;
        long again = lease + random.nextInt(900_000);
        long asked = received + 1 + random.nextInt(10_000);
        List<GivenVerdict> verdicts = new ArrayList<>();
        switch (random.nextInt(8)) {
            case 0 -> again = lease;
            case 1 -> {
                verdicts.add(
                        new GivenVerdict(WakeVerdict.Kind.LATER, asked, asked + 500, GivenVerdict.Outcome.LATER, ""));
                again = asked + 1 + random.nextInt(2_000);
            }
            case 2 -> {
                verdicts.add(given(asked, GivenVerdict.Outcome.UNKNOWN));
                again = random.nextBoolean() ? Seconds.NEVER : again;
            }
            case 3 -> verdicts.add(given(again + 1, GivenVerdict.Outcome.REFUSED));
            case 4 -> {
                verdicts.add(
                        new GivenVerdict(WakeVerdict.Kind.NEVER, asked, asked + 500, GivenVerdict.Outcome.DEAD, ""));
                story.ended.add(new EndedWake(standing.subscription(), name(fact, standing)));
                again = Seconds.NEVER;
            }
            case 5 -> {
                verdicts.add(given(asked, GivenVerdict.Outcome.UNKNOWN));
                verdicts.add(given(asked + 1_000, GivenVerdict.Outcome.DONE));
                again = Seconds.NEVER;
            }
            default -> {
                verdicts.add(given(asked, GivenVerdict.Outcome.DONE));
                again = Seconds.NEVER;
            }
        }
        wake(fact, standing, false, attempt, taker, received, lease, verdicts.toArray(GivenVerdict[]::new));
        return again;
    }

    /** Adds one delivery to the story. */
    void wake(
            Journalled fact,
            Standing standing,
            boolean replay,
            int attempt,
            String taker,
            long receivedAt,
            long leaseUntil,
            GivenVerdict... verdicts) {
        story.deliveries.add(new Delivery(
                taker,
                standing.subscription(),
                name(fact, standing) + (replay ? ".r-1" : ""),
                attempt,
                fact.id(),
                fact.subject(),
                standing.version(),
                replay,
                receivedAt,
                leaseUntil,
                List.of(verdicts)));
    }

    static GivenVerdict given(long asked, GivenVerdict.Outcome outcome) {
        return new GivenVerdict(WakeVerdict.Kind.DONE, asked, asked + 500, outcome, "");
    }

    private String taker(Standing standing) {
        return standing.subscription() + "-taker-" + random.nextInt(3);
    }

    private static String name(Journalled fact, Standing standing) {
        return fact.id() + "." + standing.version();
    }
}

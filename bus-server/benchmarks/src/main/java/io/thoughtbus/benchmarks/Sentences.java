package io.thoughtbus.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Sentences of about ten words that have not been said before, the same for the same seed. */
final class Sentences {
    private static final List<String> WHO = List.of(
            "the courier",
            "a nurse",
            "the gardener",
            "our supplier",
            "the auditor",
            "a student",
            "the mayor",
            "a violinist",
            "the night shift",
            "the harbour master",
            "a tenant",
            "the goalkeeper",
            "a beekeeper");
    private static final List<String> DID = List.of(
            "repaired",
            "ordered",
            "lost",
            "painted",
            "praised",
            "weighed",
            "sold",
            "borrowed",
            "measured",
            "returned",
            "photographed",
            "postponed",
            "cleaned");
    private static final List<String> WHAT = List.of(
            "the blue bicycle",
            "forty crates of oranges",
            "a church organ",
            "the winter timetable",
            "two ladders",
            "the annual report",
            "a broken kettle",
            "the east bridge",
            "a box of letters",
            "three tractors",
            "the museum keys",
            "an old map",
            "the choir's robes");
    private static final List<String> WHEN = List.of(
            "before sunrise",
            "during lunch",
            "on a rainy Tuesday",
            "after the storm",
            "in early spring",
            "while the shops were closed",
            "at half past nine",
            "without telling anyone",
            "for the second time");

    private final Random random;

    Sentences(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        return one(WHO) + " " + one(DID) + " " + one(WHAT) + " number " + random.nextInt(1_000_000) + " " + one(WHEN);
    }

    List<String> next(int count) {
        return IntStream.range(0, count).mapToObj(i -> next()).toList();
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}

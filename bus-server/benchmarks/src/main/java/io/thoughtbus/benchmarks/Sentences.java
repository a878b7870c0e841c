package io.thoughtbus.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Sentences of about ten words that have not been said before, the same for the same seed: facts, and interests in
 * other matters, so that a fact concerns few of many subscriptions.
 */
public final class Sentences {
    private static final List<String> ACTORS = List.of(
            "a hotel guest",
            "a wind turbine",
            "an online shopper",
            "a patient's relative",
            "a mobile app",
            "a driver",
            "an apprentice",
            "a data centre",
            "a bank customer",
            "a tenant's lawyer",
            "a film critic",
            "a cargo ship",
            "a school class");
    private static final List<String> EVENTS = List.of(
            "asks for a refund of",
            "breaks down because of",
            "complains about",
            "is insured against",
            "pays for",
            "is warned of",
            "wants to know more about",
            "cancels",
            "is late with",
            "signs a contract about",
            "votes against",
            "is awarded a prize for",
            "needs help with");
    private static final List<String> MATTERS = List.of(
            "a software update",
            "a stolen credit card",
            "an overheated gearbox",
            "a dental treatment",
            "a tax return",
            "a cyber attack",
            "a wedding in June",
            "unpaid electricity bills",
            "a job interview",
            "a burst water pipe",
            "a vaccination",
            "a divorce settlement",
            "counterfeit medicine");
    private static final List<String> PLACES = List.of(
            "in the north",
            "abroad",
            "at night",
            "for the first time",
            "with a new partner",
            "against all advice",
            "under a new law",
            "in winter",
            "at a discount");
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
    private final List<List<String>> parts;

    private Sentences(long seed, List<List<String>> parts) {
        this.random = new Random(seed);
        this.parts = parts;
    }

    /** Facts. */
    public static Sentences facts(long seed) {
        return new Sentences(seed, List.of(WHO, DID, WHAT, WHEN));
    }

    /** Interests in other matters. */
    public static Sentences interests(long seed) {
        return new Sentences(seed, List.of(ACTORS, EVENTS, MATTERS, PLACES));
    }

    /** The next one. */
    public String next() {
        String number = "number " + random.nextInt(1_000_000);
        return String.join(" ", one(parts.get(0)), one(parts.get(1)), one(parts.get(2)), number, one(parts.get(3)));
    }

    List<String> next(int count) {
        return IntStream.range(0, count).mapToObj(i -> next()).toList();
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}

package io.thoughtbus.server.outlook;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.Forecast;
import io.thoughtbus.protocol.Preview;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Decision;
import io.thoughtbus.server.journal.JournalledFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what an interest says about facts, and keeps the most telling of them. */
final class Tally {
    private static final int SAMPLES = 20;
    private static final double BIN = 0.05;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Comparator<Preview.Sample> NEAREST =
            Comparator.comparingDouble(sample -> Math.abs(sample.margin()));
    private static final Comparator<Preview.Sample> NEWEST =
            Comparator.comparing(Preview.Sample::fact, Comparator.comparingLong(id -> -id.milliseconds()));

    private final CompiledInterest interest;
    private final @Nullable CompiledInterest before;
    private final TreeMap<Integer, int[]> bins = new TreeMap<>();
    private final PriorityQueue<Preview.Sample> above = new PriorityQueue<>(NEAREST.reversed());
    private final PriorityQueue<Preview.Sample> below = new PriorityQueue<>(NEAREST.reversed());
    private final PriorityQueue<Preview.Sample> gained = new PriorityQueue<>(NEWEST.reversed());
    private final PriorityQueue<Preview.Sample> lost = new PriorityQueue<>(NEWEST.reversed());
    private int facts;
    private int wakes;
    private int stopped;
    private @Nullable Instant oldest;
    private @Nullable Instant newest;

    Tally(CompiledInterest interest, @Nullable CompiledInterest before) {
        this.interest = interest;
        this.before = before;
    }

    void add(JournalledFact fact, Reading reading) {
        Decision decision = interest.decide(fact, reading);
        boolean passes = decision.wakes();
        double margin = decision.margin();
        facts++;
        wakes += passes ? 1 : 0;
        stopped += decision.stop().isPresent() ? 1 : 0;
        int[] bin = bins.computeIfAbsent((int) Math.floor(margin / BIN), none -> new int[2]);
        bin[0]++;
        bin[1] += passes ? 1 : 0;
        span(fact.fact());
        @Nullable Qualifier stop = decision.stop().orElse(null);
        Preview.Sample sample = new Preview.Sample(fact.id(), fact.fact().text(), margin, stop);
        keep(margin >= 0 ? above : below, sample);
        if (before != null && before.decide(fact, reading).wakes() != passes) {
            keep(passes ? gained : lost, sample);
        }
    }

    Forecast forecast() {
        Double aDay = null;
        if (oldest != null && newest != null) {
            Duration span = Duration.between(oldest, newest);
            if (span.compareTo(SHORTEST) >= 0) {
                aDay = wakes * (double) Duration.ofDays(1).toMillis() / span.toMillis();
            }
        }
        return new Forecast(facts, oldest, wakes, stopped, aDay);
    }

    List<Preview.Bin> histogram() {
        List<Preview.Bin> histogram = new ArrayList<>();
        bins.forEach((bin, count) ->
                histogram.add(new Preview.Bin(Math.round(bin * BIN * 100) / 100.0, count[0], count[1])));
        return histogram;
    }

    List<Preview.Sample> above() {
        return above.stream().sorted(NEAREST).toList();
    }

    List<Preview.Sample> below() {
        return below.stream().sorted(NEAREST).toList();
    }

    List<Preview.Sample> gained() {
        return gained.stream().sorted(NEWEST).toList();
    }

    List<Preview.Sample> lost() {
        return lost.stream().sorted(NEWEST).toList();
    }

    private void span(Fact fact) {
        Instant at = fact.acceptedAt();
        oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
        newest = newest == null || at.isAfter(newest) ? at : newest;
    }

    private static void keep(PriorityQueue<Preview.Sample> samples, Preview.Sample sample) {
        samples.add(sample);
        if (samples.size() > SAMPLES) {
            samples.remove();
        }
    }
}

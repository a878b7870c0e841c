package io.thoughtbus.server.history;

import io.thoughtbus.protocol.FactId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the order of a subject's facts as published, journalled and delivered. Publications are comparable if one
 * was over before the other began; deliveries if both are first attempts and their subscription has one taker only, because
 * answers to several may overtake each other, and what one did not live to see goes to another.
 */
final class OrderCheck {
    private final JournalIndex journal;
    private final Findings findings;

    OrderCheck(JournalIndex journal, Findings findings) {
        this.journal = journal;
        this.findings = findings;
    }

    void checkJournal(List<Publication> publications) {
        Map<Statement, Span> spans = new LinkedHashMap<>();
        for (Publication publication : publications) {
            if (publication.subject() != null && !publication.isRefused()) {
                journal.stating(publication.statement())
                        .ifPresent(fact -> spans.merge(publication.statement(), Span.of(fact, publication), Span::and));
            }
        }
        Map<Line, List<Span>> lines = new LinkedHashMap<>();
        spans.values()
                .forEach(span -> lines.computeIfAbsent(span.line(), line -> new ArrayList<>())
                        .add(span));
        lines.values().forEach(this::findPublishedBefore);
    }

    /** Goes back through the journal and keeps the publication that was over first. */
    private void findPublishedBefore(List<Span> line) {
        line.sort(Comparator.comparing((Span span) -> span.fact().id()).reversed());
        Span first = line.get(0);
        for (Span span : line) {
            Span over = first;
            if (over.end() < span.begin()) {
                findings.add(
                        FaultKind.JOURNAL_ORDER,
                        () -> over + "\nwas journalled after what was published later\n" + span);
            }
            first = span.end() < first.end() ? span : first;
        }
    }

    void checkDeliveries(List<Delivery> deliveries) {
        Map<String, Set<String>> takers = new HashMap<>();
        deliveries.forEach(delivery -> takers.computeIfAbsent(delivery.subscription(), id -> new HashSet<>())
                .add(delivery.taker()));
        Map<Line, Delivery> furthest = new LinkedHashMap<>();
        Set<WakeName> known = new HashSet<>();
        for (Delivery delivery : deliveries) {
            String subject = delivery.subject();
            boolean alone =
                    takers.getOrDefault(delivery.subscription(), Set.of()).size() == 1;
            if (!alone
                    || subject == null
                    || delivery.replay()
                    || delivery.attempt() != 1
                    || !known.add(delivery.name())) {
                continue;
            }
            Line line = new Line(delivery.subscription(), subject);
            Delivery before = furthest.putIfAbsent(line, delivery);
            if (before != null && delivery.fact().compareTo(before.fact()) < 0) {
                findings.add(
                        FaultKind.DELIVERY_ORDER,
                        () -> delivery + "\nwas delivered after what was journalled later\n" + before);
            } else {
                furthest.put(line, delivery);
            }
        }
    }

    /** What one publisher, or one subscription, has to do with one subject. */
    private record Line(String party, String subject) {}

    /**
     * A stored fact, and the time in which it was stored.
     *
     * @param begin when it was first asked for
     * @param end when its position was first told
     */
    private record Span(Journalled fact, long begin, long end) {

        static Span of(Journalled fact, Publication publication) {
            FactId told = publication.id();
            boolean ended = publication.isAccepted() && fact.id().equals(told);
            return new Span(fact, publication.invokedAt(), ended ? publication.completedAt() : Seconds.NEVER);
        }

        Span and(Span other) {
            return new Span(fact, Math.min(begin, other.begin), Math.min(end, other.end));
        }

        Line line() {
            return new Line(fact.publisher(), String.valueOf(fact.subject()));
        }

        @Override
        public String toString() {
            return fact + " (invoked at " + Seconds.of(begin) + ", accepted at " + Seconds.of(end) + ")";
        }
    }
}

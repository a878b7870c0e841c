package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Durability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what publishers were told with what the journal holds. */
final class PublicationCheck {
    private final JournalIndex journal;
    private final Durability survives;
    private final Findings findings;

    /** @param survives the lowest level whose facts must be there */
    PublicationCheck(JournalIndex journal, Durability survives, Findings findings) {
        this.journal = journal;
        this.survives = survives;
        this.findings = findings;
    }

    void check(List<Publication> publications) {
        Map<FactName, List<Publication>> byName = new LinkedHashMap<>();
        Map<Statement, Boolean> mayBeStored = new HashMap<>();
        for (Publication publication : publications) {
            byName.computeIfAbsent(publication.name(), name -> new ArrayList<>(1))
                    .add(publication);
            mayBeStored.merge(publication.statement(), !publication.isRefused(), Boolean::logicalOr);
        }
        byName.values().forEach(this::findLost);
        journal.factsByName().forEach(this::findStoredTwice);
        for (Journalled fact : journal.facts()) {
            List<Publication> attempts = byName.get(fact.name());
            if (attempts != null) {
                findUnwanted(fact, attempts, mayBeStored.get(fact.statement()));
            }
        }
    }

    private void findLost(List<Publication> attempts) {
        attempts.stream()
                .filter(attempt -> attempt.isAccepted(survives) && !isWhereItShouldBe(attempt))
                .findFirst()
                .ifPresent(lost -> findings.add(
                        FaultKind.LOST_FACT,
                        () -> lost + "\nthe journal holds there: "
                                + journal.at(Objects.requireNonNull(lost.id()))
                                        .map(Journalled::toString)
                                        .orElse("nothing")
                                + "\nand of this name: " + journal.named(lost.name())));
    }

    private boolean isWhereItShouldBe(Publication accepted) {
        return journal.at(Objects.requireNonNull(accepted.id()))
                .filter(fact -> fact.name().equals(accepted.name()))
                .isPresent();
    }

    private void findStoredTwice(List<Journalled> facts) {
        if (facts.size() > 1 && facts.get(0).name().isKeyed()) {
            findings.add(FaultKind.STORED_TWICE, () -> Lines.of(facts));
        }
    }

    private void findUnwanted(Journalled fact, List<Publication> attempts, @Nullable Boolean mayBeStored) {
        if (mayBeStored == null) {
            findings.add(
                    FaultKind.ALTERED_FACT, () -> fact + " is in the journal, published were\n" + Lines.of(attempts));
        } else if (!mayBeStored) {
            findings.add(
                    FaultKind.REFUSED_BUT_STORED,
                    () -> fact + " is in the journal, published were\n" + Lines.of(attempts));
        }
    }
}

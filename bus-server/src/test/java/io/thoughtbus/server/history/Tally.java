package io.thoughtbus.server.history;

import java.util.List;
import java.util.Map;

/**
 * How much happened in a run, none of which is a fault: by these numbers a campaign tells whether its faults had any
 * effect.
 *
 * @param unknownStored publications of unknown outcome whose fact is in the journal, by this request or another
 * @param unknownNotStored publications of unknown outcome whose fact is not in the journal
 * @param unrecorded facts in the journal that no recorded publisher has named
 * @param redeliveries deliveries after the first of a wake
 * @param unknownVerdicts verdicts of unknown outcome
 */
public record Tally(
        long publications,
        long accepted,
        long refused,
        long unknownStored,
        long unknownNotStored,
        long journalled,
        long unrecorded,
        long wakes,
        long deliveries,
        long redeliveries,
        long unknownVerdicts) {

    static Tally of(History history, JournalIndex journal, Map<WakeName, List<Delivery>> wakes) {
        List<Publication> publications = history.publications();
        long unknown = publications.stream().filter(Publication::isUnknown).count();
        long unknownStored = publications.stream()
                .filter(Publication::isUnknown)
                .filter(publication -> journal.stating(publication.statement()).isPresent())
                .count();
        long named = publications.stream()
                .map(Publication::name)
                .distinct()
                .mapToLong(name -> journal.named(name).size())
                .sum();
        return new Tally(
                publications.size(),
                publications.stream().filter(Publication::isAccepted).count(),
                publications.stream().filter(Publication::isRefused).count(),
                unknownStored,
                unknown - unknownStored,
                journal.facts().size(),
                journal.facts().size() - named,
                wakes.size(),
                history.deliveries().size(),
                history.deliveries().size() - (long) wakes.size(),
                history.deliveries().stream()
                        .flatMap(delivery -> delivery.verdicts().stream())
                        .filter(verdict -> verdict.outcome() == GivenVerdict.Outcome.UNKNOWN)
                        .count());
    }

    @Override
    public String toString() {
        return """
                %d publications: %d accepted, %d refused, %d unknown (%d stored, %d not stored)
                %d facts in the journal, %d of them by nobody recorded
                %d wakes in %d deliveries, %d of them redeliveries; %d verdicts unknown
                """.formatted(
                        publications,
                        accepted,
                        refused,
                        unknownStored + unknownNotStored,
                        unknownStored,
                        unknownNotStored,
                        journalled,
                        unrecorded,
                        wakes,
                        deliveries,
                        redeliveries,
                        unknownVerdicts);
    }
}

package io.thoughtbus.server.history;

import java.util.Comparator;
import java.util.List;

/** What publishers and subscribers saw, each in the order of time, by one clock. */
public record History(List<Publication> publications, List<Delivery> deliveries) {
    public History {
        publications = publications.stream()
                .sorted(Comparator.comparingLong(Publication::invokedAt))
                .toList();
        deliveries = deliveries.stream()
                .sorted(Comparator.comparingLong(Delivery::receivedAt))
                .toList();
    }
}

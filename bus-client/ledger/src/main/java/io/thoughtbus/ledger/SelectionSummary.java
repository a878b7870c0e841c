package io.thoughtbus.ledger;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an export of chosen records was found to be. That each record is in the ledger is proven, and not that none was
 * left out.
 *
 * @param export what it is of
 * @param criteria by which it says that its records were chosen
 * @param records how many it holds
 * @param undecided of how many it says that nobody could tell whether they belong to it
 */
public record SelectionSummary(ExportRange export, SortedMap<String, String> criteria, long records, long undecided) {
    public SelectionSummary {
        criteria = Collections.unmodifiableSortedMap(new TreeMap<>(criteria));
    }
}

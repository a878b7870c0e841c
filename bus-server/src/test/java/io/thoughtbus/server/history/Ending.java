package io.thoughtbus.server.history;

import java.util.List;

/**
 * What was found when all was quiet: nothing published, matched or owed any more.
 *
 * @param journal every fact, in the journal's order of each shard
 * @param standings every version of every subscription that was in force during the run
 * @param ended the wakes that ended without a subscriber's work
 */
public record Ending(List<Journalled> journal, List<Standing> standings, List<EndedWake> ended) {
    public Ending {
        journal = List.copyOf(journal);
        standings = List.copyOf(standings);
        ended = List.copyOf(ended);
    }
}

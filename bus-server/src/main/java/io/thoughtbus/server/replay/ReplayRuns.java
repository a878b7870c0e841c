package io.thoughtbus.server.replay;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.matching.RedisAnswers;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes replays of subscriptions ready to run, from the start or from where they stopped. */
@Component
final class ReplayRuns {
    private final RedisReplays replays;
    private final RedisAnswers answers;
    private final WholeJournal journal;
    private final Shards shards;
    private final Interests interests;
    private final Embedder embedder;
    private final Guard guard;
    private final Clock clock;

    ReplayRuns(
            RedisReplays replays,
            RedisAnswers answers,
            WholeJournal journal,
            Shards shards,
            Interests interests,
            Embedder embedder,
            Guard guard,
            Clock clock) {
        this.replays = replays;
        this.answers = answers;
        this.journal = journal;
        this.shards = shards;
        this.interests = interests;
        this.embedder = embedder;
        this.guard = guard;
        this.clock = clock;
    }

    /** A run that goes on from where a replay stands; none if the version that decides is gone. */
    Optional<ReplayRun> of(StoredReplay replay) {
        String namespace = replay.ref().subscription().namespace();
        InterestRef decides =
                new InterestRef(replay.ref().subscription().id(), replay.plan().revision());
        return interests
                .find(namespace, decides)
                .map(interest -> new ReplayRun(
                        replays,
                        answers,
                        new JournalReader(
                                journal,
                                shards,
                                namespace,
                                replay.plan().range(),
                                replay.progress().read()),
                        new Selection(replay.plan().choice(), embedder),
                        interest,
                        guard,
                        clock,
                        replay));
    }
}

package io.thoughtbus.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.TimelineQuery;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.matching.WholeRecord;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import tools.jackson.databind.json.JsonMapper;

class FactSelectionTest {
    private static final TimelineQuery QUERY = TimelineQuery.ofSubscription("late");

    private final String namespace = Fresh.namespace();
    private final RedisClient redis = RedisInHand.client();
    private final FactSelection selection = new FactSelection(
            new Shards(2),
            JournalInHand.whole(),
            new WholeRecord(
                    new RedisMatchJournal(
                            redis, RedisInHand.functions(), JsonMapper.builder().build()),
                    JournalInHand.whole()),
            JournalInHand.withdrawals());

    @Test
    void keepsTheOrderOfAllShardsThoughOneIsReadToAnEarlierPositionThanAnother() {
        FactId early = new FactId(1, 1, 1);
        FactId inTheMiddle = new FactId(1, 4_000, 0);
        FactId late = new FactId(0, 5_000, 0);
        IntStream.range(0, FactSelection.MOST_READ + 50).forEach(i -> match(new FactId(0, 1_000, i), "other"));
        match(late, "late");
        match(early, "late");
        match(inTheMiddle, "late");

        FactSelection.Page first = selection.of(namespace, QUERY);
        FactSelection.Page second = selection.of(namespace, QUERY.after(new FactId(0, 1_000, 999)));

        assertThat(first).isEqualTo(new FactSelection.Page(List.of(early), new FactId(0, 1_000, 999)));
        assertThat(second).isEqualTo(new FactSelection.Page(List.of(inTheMiddle, late), null));
    }

    private void match(FactId fact, String subscription) {
        redis.xadd(
                RedisKeys.shard(namespace, fact.shard(), "matches"),
                Map.of("m", "[[\"" + subscription + "\",7,1,0.5,0.4]]"),
                XAddParams.xAddParams().id(new StreamEntryID(fact.milliseconds(), fact.sequence())));
    }
}

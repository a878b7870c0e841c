package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.Shards;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

@BusTest
class PastVersionsTest {
    private static final Duration NINETY_DAYS = Duration.ofDays(90);

    @LocalServerPort
    private int port;

    @Autowired
    private PastVersions past;

    @Autowired
    private RedisActivations activations;

    @Autowired
    private Interests interests;

    @Autowired
    private Shards shards;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void theVersionsOfADeletedSubscriptionAreKept() {
        InterestRef deleted = declareAndDelete();

        assertThat(past.forget(bus.namespace())).isZero();

        assertThat(interests.find(bus.namespace(), deleted)).isPresent();
        assertThat(interests.retired(bus.namespace())).containsExactly(deleted);
    }

    @Test
    void aVersionThatDecidedAFactOfTheJournalIsKeptHoweverOldItIs() {
        bus.declare("late", subscription("a parcel is late"));
        IntStream.range(0, 8).forEach(i -> bus.publish(fact("a parcel is late", "parcel-" + i)));
        InterestRef deleted = latest();
        bus.takeAll("late", 8);
        bus.delete("/subscriptions/late");
        age(NINETY_DAYS.plusDays(1000));

        assertThat(past.forget(bus.namespace())).isZero();

        assertThat(interests.find(bus.namespace(), deleted)).isPresent();
    }

    @Test
    void whatDecidedNoFactThatIsLeftIsForgottenAfterNinetyDays() {
        InterestRef deleted = declareAndDelete();

        age(NINETY_DAYS.minusHours(1));
        assertThat(past.forget(bus.namespace())).isZero();
        age(Duration.ofHours(2));
        assertThat(past.forget(bus.namespace())).isEqualTo(1);

        assertThat(interests.find(bus.namespace(), deleted)).isEmpty();
        assertThat(interests.retired(bus.namespace())).isEmpty();
        assertThat(Stored.keys("tb:{" + bus.namespace() + "}*:late:*")).isEmpty();
    }

    @Test
    void theTenVersionsBeforeThePresentOneStayWithIt() {
        IntStream.range(0, 11).forEach(i -> bus.declare("late", subscription("version " + i + " of something")));
        await().until(() -> interests.retired(bus.namespace()).size() == 10);
        bus.declare("late", subscription("a parcel is late"));
        await().until(() -> interests.retired(bus.namespace()).size() == 11);
        age(NINETY_DAYS.plusDays(1));

        assertThat(past.forget(bus.namespace())).isEqualTo(1);

        assertThat(interests.retired(bus.namespace())).hasSize(10);
    }

    private InterestRef declareAndDelete() {
        bus.declare("late", subscription("a parcel is late"));
        InterestRef declared = latest();
        bus.delete("/subscriptions/late");
        return declared;
    }

    private InterestRef latest() {
        return activations.history(bus.namespace(), 0).spans().get(0).version();
    }

    /** Makes all that has ended have ended so much earlier. */
    private void age(Duration by) {
        shards.all().forEach(shard -> {
            String key = "tb:{" + bus.namespace() + "/" + shard + "}:history";
            List<StreamEntry> entries = Stored.redis().xrange(key, "-", "+");
            Stored.redis().del(key);
            for (StreamEntry entry : entries) {
                Map<String, String> fields = entry.getFields();
                long then = entry.getID().getTime() - by.toMillis();
                Stored.redis().xadd(key, new StreamEntryID(then, entry.getID().getSequence()), fields);
            }
        });
    }
}

package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.Shards;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class IndexMendingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @LocalServerPort
    private int port;

    @Autowired
    private IndexCheck check;

    @Autowired
    private RedisIndexChecks checks;

    @Autowired
    private RedisInterestIndex index;

    @Autowired
    private Shards shards;

    private HttpProbe bus;
    private IndexInHand held;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        held = new IndexInHand(bus.namespace(), shards);
        bus.declare("late", subscription("a parcel is late", ",\"filter\":\"attributes.x > 1\""));
        bus.declare("lost", subscription("a parcel is lost", ",\"threshold\":0.7"));
        bus.declare("rain", subscription("it rains today"));
        bus.publish(late());
        assertThat(bus.takeAll("late", 1)).hasSize(1);
        check.run(bus.namespace());
    }

    static Stream<Arguments> damageThatTheNumberOfInterestsTells() {
        return Stream.of(
                damage("the index is dropped", index -> index.redis().ftDropIndex(index.indexName())),
                damage(
                        "the index is dropped with all interests",
                        index -> index.redis().ftDropIndexDD(index.indexName())),
                damage("an interest is deleted", index -> index.redis().del(index.interest("late"))),
                damage("all interests are deleted", index -> index.interests().forEach(index.redis()::del)),
                damage("a vector is cut short", index -> index.redis().hset(index.interest("late"), "v", "abc")),
                damage(
                        "a vector is too long",
                        index -> index.redis().hset(index.interest("late"), "v", "v".repeat(2_000))),
                damage(
                        "an interest is not counted",
                        index -> index.redis().srem(index.searchable(), index.ref("late"))),
                damage("no interest is counted", index -> index.redis().del(index.searchable())),
                damage("an interest is in the index that nobody declared", IndexInHand::addUnknown),
                damage("something is in the index that is no interest", IndexInHand::addForeign));
    }

    static Stream<Arguments> allDamage() {
        return Stream.concat(
                damageThatTheNumberOfInterestsTells(),
                Stream.of(
                        damage(
                                "what belongs to a vector is gone",
                                index -> index.redis().hdel(index.interest("late"), "m")),
                        damage(
                                "what belongs to a vector cannot be read",
                                index -> index.redis().hset(index.interest("late"), "m", "{")),
                        damage("an interest is deleted and not counted", IndexInHand::forgetInterest),
                        damage("one interest is deleted and another that nobody declared is there", index -> {
                            index.redis().del(index.interest("late"));
                            index.addUnknown();
                        }),
                        damage("an interest is counted that nobody declared", index -> {
                            index.addUnknown();
                            index.redis().sadd(index.searchable(), "ghost:99");
                        }),
                        damage("a subscription is not in force", IndexInHand::forgetActivation),
                        damage(
                                "a subscription is not in force on one shard",
                                index -> index.redis().hdel(index.active(0), "late")),
                        damage("the registry alone knows a subscription", index -> {
                            index.forgetInterest();
                            index.forgetActivation();
                        })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("allDamage")
    void aCheckMakesEverythingWhatItWasToTheByte(String name, Consumer<IndexInHand> damage) {
        Map<String, String> before = held.stored();
        damage.accept(held);

        await().atMost(PATIENCE).untilAsserted(() -> {
            check.run(bus.namespace());
            assertThat(held.stored()).isEqualTo(before);
            assertThat(index.isWhole(bus.namespace())).isTrue();
        });

        bus.publish(late());
        assertThat(bus.takeAll("late", 1)).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damageThatTheNumberOfInterestsTells")
    void whatTheNumberOfInterestsTellsIsMendedAsSoonAsFactsCome(String name, Consumer<IndexInHand> damage) {
        Map<String, String> before = held.stored();
        damage.accept(held);

        await().atMost(PATIENCE).untilAsserted(() -> {
            bus.publish(late());
            assertThat(held.stored()).isEqualTo(before);
        });

        String last = bus.publish(late());
        await().atMost(PATIENCE)
                .until(() -> bus.take("late", 256, Duration.ofSeconds(1)).stream()
                        .anyMatch(wake -> wake.at("/fact/id").asString().equals(last)));
    }

    @Test
    void anInterestWhoseSubscriptionIsNotInTheRegistryIsRemoved() {
        held.redis().del("tb:{registry}:subscription:" + bus.namespace() + "/late");

        check.run(bus.namespace());

        assertThat(held.interests()).noneMatch(key -> key.contains(":late:")).hasSize(2);
        assertThat(held.redis().hexists(held.active(0), "late")).isFalse();
        assertThat(index.isWhole(bus.namespace())).isTrue();
        assertThat(mended().removed()).singleElement().asString().startsWith("late:");
        assertThat(mended().mayHaveMissed()).isFalse();
    }

    @Test
    void theReportTellsWhatWasMendedAndSinceWhenWakesMayBeMissing() {
        Instant right = checks.lastRight(bus.namespace()).orElseThrow();
        String late = held.ref("late");
        held.forgetInterest();
        held.addUnknown();
        held.redis().sadd(held.searchable(), "ghost:99");

        check.run(bus.namespace());

        assertThat(mended().restored()).containsExactly(late);
        assertThat(mended().removed()).containsExactly("ghost:99");
        assertThat(mended().since()).isEqualTo(right);
        assertThat(mended().at()).isAfterOrEqualTo(right);
        assertThat(bus.send(bus.requestTo("/actuator/health").GET())
                        .json()
                        .at("/components/bus/details/mendedIndexes/" + bus.namespace() + "/restored/0")
                        .asString())
                .isEqualTo(late);
        assertThat(bus.send(bus.requestTo("/actuator/prometheus").GET()).body())
                .containsPattern("thoughtbus_index_mended_total\\{what=\"restored\"} [1-9]");
    }

    @Test
    void aCheckThatFindsNothingReportsNothing() {
        Instant right = checks.lastRight(bus.namespace()).orElseThrow();

        check.run(bus.namespace());

        assertThat(checks.mendedSince(Instant.EPOCH)).doesNotContainKey(bus.namespace());
        assertThat(checks.lastRight(bus.namespace()))
                .hasValueSatisfying(now -> assertThat(now).isAfter(right));
    }

    @Test
    void aSupersededVersionThatIsSearchableAgainIsNotWhenItHasDecidedItsLastFact() {
        String superseded = supersede("late");
        held.redis().sadd(held.searchable(), superseded);

        check.run(bus.namespace());

        assertThat(mended().removed()).containsExactly(superseded);
        assertThat(held.redis().smembers(held.searchable())).doesNotContain(superseded);
        assertThat(held.redis().exists(held.retiredKey(superseded))).isTrue();
    }

    @Test
    void aSupersededVersionThatHasNotIsRestoredAsThisServerRemembersIt() {
        String before = held.hex(held.interest("late"));
        String superseded = supersede("late");
        held.redis().del(held.retiredKey(superseded));
        held.redis().sadd(held.searchable(), superseded);

        check.run(bus.namespace());

        assertThat(mended().restored()).containsExactly(superseded);
        assertThat(held.hex(held.interestKey(superseded))).isEqualTo(before);
    }

    @Test
    void aSupersededVersionThatNobodyRemembersIsToldToBeLost() {
        String superseded = supersede("rain");
        held.redis().del(held.retiredKey(superseded));
        held.redis().sadd(held.searchable(), superseded);

        check.run(bus.namespace());

        assertThat(mended().lost()).containsExactly(superseded);
        assertThat(mended().mayHaveMissed()).isTrue();
        assertThat(index.isWhole(bus.namespace())).isTrue();
    }

    @Test
    void theIndexOfTheRegistryIsMadeAgain() {
        held.redis().ftDropIndex("tb:{registry}:subscriptions");

        check.run(bus.namespace());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bus.get("/subscriptions").json().get("subscriptions"))
                        .hasSize(3));
    }

    private static Arguments damage(String name, Consumer<IndexInHand> damage) {
        return arguments(name, damage);
    }

    /** Declares another version, and waits until the one before is taken out of the search; its name. */
    private String supersede(String subscription) {
        String first = held.ref(subscription);
        bus.declare(subscription, subscription("something else"));
        await().atMost(PATIENCE).until(() -> held.redis().exists(held.retiredKey(first)));
        return first;
    }

    private Mended mended() {
        return Objects.requireNonNull(checks.mendedSince(Instant.EPOCH).get(bus.namespace()));
    }

    private static String late() {
        return "{\"text\":\"a parcel is late\",\"attributes\":{\"x\":2}}";
    }
}

package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.Samples.subscription;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.Shards;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import redis.clients.jedis.RedisClient;

@BusTest
class IndexMendingTest {
    private static final String MODEL = new HashingEmbedder().modelId().tag();
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

    private final RedisClient redis = Stored.redis();
    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late", ",\"filter\":\"attributes.x > 1\""));
        bus.declare("lost", subscription("a parcel is lost", ",\"threshold\":0.7"));
        bus.declare("rain", subscription("it rains today"));
        bus.publish(late());
        assertThat(bus.takeAll("late", 1)).hasSize(1);
        check.run(bus.namespace());
    }

    static Stream<Arguments> damageThatTheNumberOfInterestsTells() {
        return Stream.of(
                damage("the index is dropped", test -> test.redis.ftDropIndex(test.indexName())),
                damage("the index is dropped with all interests", test -> test.redis.ftDropIndexDD(test.indexName())),
                damage("an interest is deleted", test -> test.redis.del(test.interest("late"))),
                damage("all interests are deleted", test -> test.interests().forEach(test.redis::del)),
                damage("a vector is cut short", test -> test.redis.hset(test.interest("late"), "v", "abc")),
                damage("a vector is too long", test -> test.redis.hset(test.interest("late"), "v", "v".repeat(2_000))),
                damage("an interest is not counted", test -> test.redis.srem(test.searchable(), test.ref("late"))),
                damage("no interest is counted", test -> test.redis.del(test.searchable())),
                damage("an interest is in the index that nobody declared", IndexMendingTest::addUnknown),
                damage("something is in the index that is no interest", IndexMendingTest::addForeign));
    }

    static Stream<Arguments> allDamage() {
        return Stream.concat(
                damageThatTheNumberOfInterestsTells(),
                Stream.of(
                        damage("what belongs to a vector is gone", test -> test.redis.hdel(test.interest("late"), "m")),
                        damage(
                                "what belongs to a vector cannot be read",
                                test -> test.redis.hset(test.interest("late"), "m", "{")),
                        damage("an interest is deleted and not counted", IndexMendingTest::forgetInterest),
                        damage("one interest is deleted and another that nobody declared is there", test -> {
                            test.redis.del(test.interest("late"));
                            addUnknown(test);
                        }),
                        damage("an interest is counted that nobody declared", test -> {
                            addUnknown(test);
                            test.redis.sadd(test.searchable(), "ghost:99");
                        }),
                        damage("a subscription is not in force", IndexMendingTest::forgetActivation),
                        damage(
                                "a subscription is not in force on one shard",
                                test -> test.redis.hdel(test.active(0), "late")),
                        damage("the registry alone knows a subscription", test -> {
                            forgetInterest(test);
                            forgetActivation(test);
                        })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("allDamage")
    void aCheckMakesEverythingWhatItWasToTheByte(String name, Consumer<IndexMendingTest> damage) {
        Map<String, String> before = stored();
        damage.accept(this);

        await().atMost(PATIENCE).untilAsserted(() -> {
            check.run(bus.namespace());
            assertThat(stored()).isEqualTo(before);
            assertThat(index.isWhole(bus.namespace())).isTrue();
        });

        bus.publish(late());
        assertThat(bus.takeAll("late", 1)).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damageThatTheNumberOfInterestsTells")
    void whatTheNumberOfInterestsTellsIsMendedAsSoonAsFactsCome(String name, Consumer<IndexMendingTest> damage) {
        Map<String, String> before = stored();
        damage.accept(this);

        await().atMost(PATIENCE).untilAsserted(() -> {
            bus.publish(late());
            assertThat(stored()).isEqualTo(before);
        });

        String last = bus.publish(late());
        await().atMost(PATIENCE)
                .until(() -> bus.take("late", 256, Duration.ofSeconds(1)).stream()
                        .anyMatch(wake -> wake.at("/fact/id").asString().equals(last)));
    }

    @Test
    void anInterestWhoseSubscriptionIsNotInTheRegistryIsRemoved() {
        redis.del("tb:{registry}:subscription:" + bus.namespace() + "/late");

        check.run(bus.namespace());

        assertThat(interests()).noneMatch(key -> key.contains(":late:")).hasSize(2);
        assertThat(redis.hexists(active(0), "late")).isFalse();
        assertThat(index.isWhole(bus.namespace())).isTrue();
        assertThat(mended().removed()).singleElement().asString().startsWith("late:");
        assertThat(mended().mayHaveMissed()).isFalse();
    }

    @Test
    void theReportTellsWhatWasMendedAndSinceWhenWakesMayBeMissing() {
        Instant right = checks.lastRight(bus.namespace()).orElseThrow();
        String late = ref("late");
        forgetInterest(this);
        addUnknown(this);
        redis.sadd(searchable(), "ghost:99");

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
        redis.sadd(searchable(), superseded);

        check.run(bus.namespace());

        assertThat(mended().removed()).containsExactly(superseded);
        assertThat(redis.smembers(searchable())).doesNotContain(superseded);
        assertThat(redis.exists(retiredKey(superseded))).isTrue();
    }

    @Test
    void aSupersededVersionThatHasNotIsRestoredAsThisServerRemembersIt() {
        String before = hex(interest("late"));
        String superseded = supersede("late");
        redis.del(retiredKey(superseded));
        redis.sadd(searchable(), superseded);

        check.run(bus.namespace());

        assertThat(mended().restored()).containsExactly(superseded);
        assertThat(hex(interestKey(superseded))).isEqualTo(before);
    }

    @Test
    void aSupersededVersionThatNobodyRemembersIsToldToBeLost() {
        String superseded = supersede("rain");
        redis.del(retiredKey(superseded));
        redis.sadd(searchable(), superseded);

        check.run(bus.namespace());

        assertThat(mended().lost()).containsExactly(superseded);
        assertThat(mended().mayHaveMissed()).isTrue();
        assertThat(index.isWhole(bus.namespace())).isTrue();
    }

    @Test
    void theIndexOfTheRegistryIsMadeAgain() {
        redis.ftDropIndex("tb:{registry}:subscriptions");

        check.run(bus.namespace());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bus.get("/subscriptions").json().get("subscriptions"))
                        .hasSize(3));
    }

    private static Arguments damage(String name, Consumer<IndexMendingTest> damage) {
        return arguments(name, damage);
    }

    private static void addUnknown(IndexMendingTest test) {
        test.redis.copy(test.interest("rain"), test.interestKey("ghost:99"), true);
    }

    private static void addForeign(IndexMendingTest test) {
        test.redis.copy(test.interest("rain"), test.interestKey("ghost"), true);
    }

    private static void forgetInterest(IndexMendingTest test) {
        test.redis.del(test.interest("late"));
        test.redis.srem(test.searchable(), test.ref("late"));
    }

    private static void forgetActivation(IndexMendingTest test) {
        test.shards.all().forEach(shard -> test.redis.hdel(test.active(shard), "late"));
    }

    /** Declares another version, and waits until the one before is taken out of the search; its name. */
    private String supersede(String subscription) {
        String first = ref(subscription);
        bus.declare(subscription, subscription("something else"));
        await().atMost(PATIENCE).until(() -> redis.exists(retiredKey(first)));
        return first;
    }

    private String retiredKey(String ref) {
        return "tb:{" + bus.namespace() + "}:retired:" + MODEL + ":" + ref;
    }

    private Mended mended() {
        return Objects.requireNonNull(checks.mendedSince(Instant.EPOCH).get(bus.namespace()));
    }

    /** The interests, which of them are searchable, and what is in force. */
    private Map<String, String> stored() {
        Map<String, String> stored = new TreeMap<>();
        interests().forEach(key -> stored.put(key, hex(key)));
        stored.put("searchable", new java.util.TreeSet<>(redis.smembers(searchable())).toString());
        shards.all()
                .forEach(
                        shard -> stored.put("active " + shard, new TreeMap<>(redis.hgetAll(active(shard))).toString()));
        return stored;
    }

    private String hex(String key) {
        return redis.hgetAll(key.getBytes(StandardCharsets.UTF_8)).entrySet().stream()
                .collect(toMap(
                        field -> new String(field.getKey(), StandardCharsets.UTF_8),
                        field -> HexFormat.of().formatHex(field.getValue()),
                        (a, b) -> a,
                        TreeMap::new))
                .toString();
    }

    private List<String> interests() {
        return List.copyOf(Stored.keys(interestKey("*")));
    }

    private String interest(String subscription) {
        return interestKey(ref(subscription));
    }

    private String ref(String subscription, String... butNot) {
        return redis.smembers(searchable()).stream()
                .filter(ref ->
                        ref.startsWith(subscription + ":") && !List.of(butNot).contains(ref))
                .findFirst()
                .orElseThrow();
    }

    private String interestKey(String ref) {
        return "tb:{" + bus.namespace() + "}:interest:" + MODEL + ":" + ref;
    }

    private String searchable() {
        return "tb:{" + bus.namespace() + "}:searchable:" + MODEL;
    }

    private String indexName() {
        return "tb:{" + bus.namespace() + "}:interests:" + MODEL;
    }

    private String active(int shard) {
        return "tb:{" + bus.namespace() + "/" + shard + "}:active";
    }

    private static String late() {
        return "{\"text\":\"a parcel is late\",\"attributes\":{\"x\":2}}";
    }
}

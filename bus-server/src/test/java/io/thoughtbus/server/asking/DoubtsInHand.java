package io.thoughtbus.server.asking;

import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.judge.ChatEndpoint;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.List;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.JsonNode;

/** A namespace with an interest, a fact as near to its threshold as a test wants, and a second stage that does as told. */
record DoubtsInHand(HttpProbe bus) {
    static final String INTEREST = "the parcel is late";
    static final String NEAR = "the parcel of order three is late";

    private static final HashingEmbedder EMBEDDER = new HashingEmbedder();
    private static final ChatEndpoint ENDPOINT = ChatBusTest.ENDPOINT;
    private static final RedisClient REDIS = RedisInHand.client();

    /** A namespace of its own, once the second stage can be reached; it says yes. */
    static DoubtsInHand at(int port) {
        ENDPOINT.answers((fact, interest) -> 1.0);
        DoubtsInHand other = new DoubtsInHand(HttpProbe.at(port));
        other.bus.declare("any", declaration(0, "wake"));
        await().until(() -> other.outcome("{\"text\":\"" + NEAR + "\"}").equals("yes"));
        return new DoubtsInHand(HttpProbe.at(port));
    }

    /** A subscription to the interest whose margin for the near fact is this, and whose band 0.05. */
    static String declaration(double margin, String whenAway) {
        return declaration(NEAR, margin, whenAway, "");
    }

    /** The same for the margin of another fact, with further fields. */
    static String declaration(String fact, double margin, String whenAway, String further) {
        double score = EMBEDDER.embed(fact).dot(EMBEDDER.embed(INTEREST));
        return subscription(
                INTEREST,
                ",\"threshold\":" + (score - margin) + ",\"secondStage\":{\"band\":0.05,\"whenAway\":\"" + whenAway
                        + "\"}" + further);
    }

    String publishNear() {
        return bus.publish(fact(NEAR));
    }

    List<String> woken(String subscription, int expected) {
        return bus.takeAll(subscription, expected).stream()
                .map(wake -> wake.at("/fact/id").asString())
                .toList();
    }

    JsonNode explained(String subscription, String fact) {
        return bus.post("/explain", "{\"fact\":\"" + fact + "\",\"subscription\":\"" + subscription + "\"}")
                .json()
                .at("/explanations/0");
    }

    String outcome(String subscription, String fact) {
        return explained(subscription, fact).at("/secondStage/outcome").asString("");
    }

    private String outcome(String question) {
        return bus.post("/explain", question)
                .json()
                .at("/explanations/0/secondStage/outcome")
                .asString("");
    }

    long waiting(String subscription) {
        return REDIS.zcard(RedisKeys.subscription(bus.namespace(), subscription, "questions"));
    }

    /** How many questions of the namespace have been asked. */
    long asked() {
        return REDIS.keys(RedisKeys.namespace(bus.namespace(), "asked:*")).stream()
                .mapToLong(key -> Long.parseLong(REDIS.get(key)))
                .sum();
    }

    /** How many doubts the bus has ended so. */
    double decided(String outcome) {
        return bus.send(bus.requestTo("/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith("thoughtbus_second_stage_decided_total{")
                        && line.contains("outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    static void breakEndpoint(String how) {
        switch (how) {
            case "stalls" -> ENDPOINT.stalls();
            case "refuses" -> ENDPOINT.refuses(503);
            default -> ENDPOINT.vanishes();
        }
    }

    static void mendEndpoint(String how) {
        if (how.equals("vanishes")) {
            ENDPOINT.returns();
        }
        ENDPOINT.answers((fact, interest) -> 1.0);
    }
}

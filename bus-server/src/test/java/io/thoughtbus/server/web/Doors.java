package io.thoughtbus.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.HttpProbe;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** Every address of a namespace that reads a body, with a body that it takes. */
final class Doors {
    static final List<Door> ALL = List.of(
            new Door(
                    "POST",
                    "/facts",
                    "application/json",
                    "{\"text\":\"a parcel is late\",\"subject\":\"parcel-7\",\"attributes\":{\"weight\":2.5,\"heavy\":true,"
                            + "\"by\":\"van\"},\"publisher\":\"depot\",\"ttl\":\"PT1H\","
                            + "\"occurredAt\":\"2026-11-23T10:15:30Z\",\"cause\":\"0-1-1\"}"),
            new Door("POST", "/facts", "application/json", "[{\"text\":\"a\"},{\"text\":\"b\",\"key\":\"k\"}]"),
            new Door(
                    "POST", "/facts", "application/x-ndjson", "{\"text\":\"a\"}\n{\"text\":\"b\",\"subject\":\"s\"}\n"),
            new Door("POST", "/facts:search", "application/json", "{\"text\":\"late\",\"limit\":3,\"threshold\":0.1}"),
            new Door("POST", "/facts:search", "application/json", "{\"text\":\"late\",\"subject\":\"parcel-7\"}"),
            new Door(
                    "PUT",
                    "/subscriptions/fuzzed",
                    "application/json",
                    "{\"subscriber\":\"agent\",\"interest\":{\"text\":\"a parcel is late\",\"examples\":[\"no parcel\"],"
                            + "\"counterexamples\":[\"x\"]},\"threshold\":0.5,\"filter\":\"attributes.weight > 2\","
                            + "\"delivery\":{\"lease\":\"PT5S\",\"maxAttempts\":3,\"backoff\":\"PT1S\"}}"),
            new Door("POST", "/subscriptions/late/wakes:take", "application/json", "{\"max\":3,\"wait\":\"PT0S\"}"),
            new Door(
                    "POST",
                    "/subscriptions/late/wakes:extend",
                    "application/json",
                    "{\"wakes\":[\"0-1795428930000-00000000.7\"],\"lease\":\"PT1S\"}"),
            new Door("POST", "/subscriptions/late/wakes:leave", "application/json", "{\"taker\":\"worker-1\"}"),
            new Door(
                    "POST",
                    "/subscriptions/late/verdicts",
                    "application/json",
                    "[{\"wake\":\"0-1795428930000-00000000.7\",\"verdict\":\"later\",\"delay\":\"PT1S\","
                            + "\"reason\":\"no van\",\"relevant\":true,\"attempt\":1}]"),
            new Door("POST", "/subscriptions/late/dead-letters:revive", "application/json", "{\"wakes\":[\"w\"]}"),
            new Door(
                    "POST",
                    "/subscriptions/late/replays",
                    "application/json",
                    "{\"from\":\"0-0-0\",\"to\":\"2026-11-23T10:15:30Z\",\"subject\":\"parcel-7\",\"deliver\":true,"
                            + "\"publisher\":\"depot\",\"filter\":\"attributes.weight > 2\",\"rate\":5,"
                            + "\"about\":{\"text\":\"late\",\"threshold\":0.3}}"),
            new Door(
                    "POST",
                    "/replays",
                    "application/json",
                    "{\"mode\":\"as-it-was\",\"from\":\"0-0-0\",\"to\":\"2026-11-23T10:15:30Z\","
                            + "\"subscriptions\":[\"late\"],\"about\":{\"text\":\"late\",\"threshold\":0.3}}"),
            new Door(
                    "POST",
                    "/replays",
                    "application/json",
                    "{\"mode\":\"as-it-would-be\",\"from\":\"0-0-0\",\"subscription\":\"late\",\"draft\":"
                            + "{\"subscriber\":\"agent\",\"interest\":{\"text\":\"a parcel is late\"}}}"),
            new Door("POST", "/explain", "application/json", "{\"text\":\"late\",\"subscription\":\"late\"}"),
            new Door("POST", "/explain", "application/json", "{\"fact\":\"0-1-1\"}"),
            new Door("POST", "/facts/0-1-1:retract", "application/json", "{\"reason\":\"wrong\",\"key\":\"k\"}"),
            new Door("POST", "/facts:erase", "application/json", "{\"facts\":[\"0-1-1\"],\"reason\":\"asked for\"}"),
            new Door("PUT", "", "application/json", "{\"ttl\":\"PT24H\"}"));

    private Doors() {}

    /** An address that reads a body. */
    record Door(String method, String path, String type, String body) {

        /** Sends a body there; whatever it is, the answer is an answer or a problem, and never a failure of the bus. */
        Answer knock(HttpProbe bus, byte[] sent) {
            Answer answer = bus.send(
                    bus.request(path).header("Content-Type", type).method(method, BodyPublishers.ofByteArray(sent)));
            assertThat(answer.status())
                    .as(answer.toString())
                    .isIn(200, 201, 202, 204, 207, 400, 404, 409, 413, 415, 429);
            if (answer.status() >= 400) {
                assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
                assertThat(answer.json().get("type").asString()).startsWith("urn:thought-bus:problem:");
                assertThat(answer.json().get("detail").asString()).isNotBlank();
            }
            assertThat(answer.body()).doesNotContain("urn:thought-bus:problem:internal");
            return answer;
        }
    }
}

package io.thoughtbus.server.health;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class HealthTest {
    @LocalServerPort
    private int port;

    @AfterEach
    void mend() {
        Stored.redis().configSet("maxmemory-policy", "noeviction");
    }

    @Test
    void isUpAndTellsTheDurability() {
        await().untilAsserted(() -> assertThat(health()).hasStatus(200));

        JsonNode bus = health().json().at("/components/bus");
        assertThat(bus.get("status").asString()).isEqualTo("UP");
        assertThat(bus.at("/details/durability/0").asString()).isEqualTo("accepted");
    }

    @Test
    void isDownAsSoonAsRedisMayEvictAndNamesTheCommandThatMendsIt() {
        Stored.redis().configSet("maxmemory-policy", "allkeys-lru");

        Answer health = health();

        assertThat(health).hasStatus(503);
        assertThat(health.json().at("/components/bus/status").asString()).isEqualTo("DOWN");
        assertThat(health.json().at("/components/bus/details/redis").asString())
                .contains("may evict facts", "CONFIG SET maxmemory-policy noeviction");
        Stored.redis().configSet("maxmemory-policy", "noeviction");
        await().untilAsserted(() -> assertThat(health()).hasStatus(200));
    }

    private Answer health() {
        HttpProbe bus = HttpProbe.at(port);
        return bus.send(bus.requestTo("/actuator/health").GET());
    }
}

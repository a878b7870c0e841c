package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    static Stream<Arguments> addresses() {
        return Stream.of(
                Arguments.of("redis://host", new RedisAddress("host", 6379, null, null, 0, false)),
                Arguments.of("redis://host/", new RedisAddress("host", 6379, null, null, 0, false)),
                Arguments.of("redis://10.1.2.3:7000/5", new RedisAddress("10.1.2.3", 7000, null, null, 5, false)),
                Arguments.of("rediss://host:6380", new RedisAddress("host", 6380, null, null, 0, true)),
                Arguments.of("redis://secret@host", new RedisAddress("host", 6379, null, "secret", 0, false)),
                Arguments.of("redis://:secret@host", new RedisAddress("host", 6379, null, "secret", 0, false)),
                Arguments.of("redis://bus:secret@host", new RedisAddress("host", 6379, "bus", "secret", 0, false)),
                Arguments.of("redis://bus:a:b@host", new RedisAddress("host", 6379, "bus", "a:b", 0, false)),
                Arguments.of("redis://bus:p%40ss%2F@host", new RedisAddress("host", 6379, "bus", "p@ss/", 0, false)),
                Arguments.of("redis://[::1]:7000", new RedisAddress("[::1]", 7000, null, null, 0, false)));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void readsEveryPartOfAUri(String uri, RedisAddress address) {
        assertThat(RedisAddress.of(URI.create(uri))).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host",
                "redis:host",
                "redis:///0",
                "host:6379",
                "redis://host/facts",
                "redis://host/1/2",
                "redis://host/99999",
                "redis://under_score:6379"
            })
    void refusesWhatIsNoRedisAddressAndShowsTheForm(String uri) {
        assertThatThrownBy(() -> RedisAddress.of(URI.create(uri)))
                .isInstanceOfSatisfying(UnsuitableRedisException.class, refusal -> {
                    assertThat(refusal).hasMessage("thoughtbus.redis.uri is not a Redis address");
                    assertThat(refusal.remedy()).contains("redis://user:password@host:6379/0");
                });
    }

    @Test
    void neverShowsThePassword() {
        RedisAddress address = RedisAddress.of(URI.create("rediss://bus:secret@host:6380/2"));

        assertThat(address).hasToString("rediss://bus@host:6380/2");
    }

    @Test
    void listensOnLoopbackWhenItIsLocal() {
        RedisAddress address = RedisAddress.local(7000, "secret");

        assertThat(address).isEqualTo(new RedisAddress("127.0.0.1", 7000, null, "secret", 0, false));
    }
}

package io.thoughtbus.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.redis.RedisInHand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

class NamespacesTest {
    private final String namespace = Fresh.namespace();

    @Test
    void aNamespaceIsListedOnceItsPartsAreMade() {
        RecordingPart part = new RecordingPart();
        Namespaces namespaces = namespaces(part);
        part.meanwhile = () -> assertThat(namespaces.exists(namespace)).isFalse();

        namespaces.open(namespace);

        assertThat(namespaces.exists(namespace)).isTrue();
        assertThat(part.calls).containsExactly("create");
    }

    @Test
    void whoComesWhileANamespaceIsMadeDoesNotLookForWhatCannotBeThere() {
        RecordingPart another = new RecordingPart();
        RecordingPart part = new RecordingPart();
        part.meanwhile = () -> namespaces(another).open(namespace);

        namespaces(part).open(namespace);

        assertThat(part.calls).containsExactly("create");
        assertThat(another.calls).containsExactly("create");
    }

    @Test
    void theNextServerMakesSureThatAllPartsAreThere() {
        namespaces(new RecordingPart()).open(namespace);
        RecordingPart part = new RecordingPart();

        Namespaces next = namespaces(part);
        next.open(namespace);
        next.open(namespace);
        next.forgetOpened();
        next.open(namespace);

        assertThat(part.calls).containsExactly("open", "open");
    }

    private static Namespaces namespaces(NamespacePart part) {
        return new Namespaces(
                RedisInHand.client(),
                JsonMapper.builder().build(),
                new JournalProperties(4, Duration.ofHours(1), Duration.ofHours(1), 16, 1_000),
                new StaticListableBeanFactory(Map.of("part", part)).getBeanProvider(NamespacePart.class));
    }

    private static final class RecordingPart implements NamespacePart {
        private final List<String> calls = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        @Override
        public void open(String namespace) {
            calls.add("open");
        }

        @Override
        public void create(String namespace) {
            calls.add("create");
            meanwhile.run();
        }
    }
}

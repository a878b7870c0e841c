package io.thoughtbus.server;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.server.redis.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * A test of the whole bus inside this JVM, on a port of its own, with the real Redis and a quick embedder. The bus is
 * started once for all tests of the JVM, so that each test works in a namespace of its own: {@link Fresh#namespace}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = {BusServer.class, BusTest.Quick.class, BrokenAnswers.class})
@ContextConfiguration(initializers = BusTest.OnTestRedis.class)
public @interface BusTest {

    /** Names that no other test uses. */
    final class Fresh {
        private Fresh() {}

        /** A namespace of the test's own. */
        public static String namespace() {
            return "t-" + UUID.randomUUID();
        }
    }

    /** Replaces the model by the hashing of words. */
    @TestConfiguration
    class Quick {
        @Bean
        @Primary
        Embedder quickEmbedder() {
            return new HashingEmbedder();
        }
    }

    /** Connects the bus to the Redis of the tests. */
    class OnTestRedis implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        private static final Path KEYS = temporary();

        /** Where the ledgers' keys are. */
        public static Path keys() {
            return KEYS;
        }

        private static Path temporary() {
            try {
                return Files.createTempDirectory("thought-bus-keys");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertySourceUtils.addInlinedPropertiesToEnvironment(
                    context,
                    "thoughtbus.redis.uri=" + TestRedis.uri(),
                    "thoughtbus.ledger.keys=" + KEYS,
                    "thoughtbus.interest.threshold=0.6");
        }
    }
}

package io.thoughtbus.server.asking;

import io.thoughtbus.server.BusServer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.judge.ChatEndpoint;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

/** A {@link BusTest} of a bus that has a second stage: {@link #ENDPOINT}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = {BusServer.class, BusTest.Quick.class})
@ContextConfiguration(initializers = {BusTest.OnTestRedis.class, ChatBusTest.WithChat.class})
@interface ChatBusTest {
    /** Whom it asks. */
    ChatEndpoint ENDPOINT = ChatEndpoint.open();

    /** How many questions of a namespace it asks in a day. */
    int A_DAY = 8;

    /** Connects the bus to the endpoint. */
    class WithChat implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertySourceUtils.addInlinedPropertiesToEnvironment(
                    context,
                    "thoughtbus.second-stage.endpoint=" + ENDPOINT.uri(),
                    "thoughtbus.second-stage.model-name=llama",
                    "thoughtbus.second-stage.timeout=PT0.4S",
                    "thoughtbus.second-stage.a-day=" + A_DAY);
        }
    }
}

package io.thoughtbus.server.asking;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.delivery.QuestionBell;
import io.thoughtbus.server.delivery.RedisQuestions;
import io.thoughtbus.server.loop.LoopRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the loop that asks. */
@Configuration(proxyBeanMethods = false)
class AskingConfiguration {

    @Bean
    LoopRunner askingLoop(RedisQuestions questions, QuestionBell bell, Asker asker, Ticker ticker) {
        return new LoopRunner(new AskingLoop(questions, bell, asker, ticker));
    }
}

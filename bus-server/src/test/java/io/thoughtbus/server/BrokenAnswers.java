package io.thoughtbus.server;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A door of tests, behind which everything fails: at once, or in the middle of an answer. */
@RestController
class BrokenAnswers {
    @GetMapping("/broken/{when}/{failure}")
    void fail(@PathVariable String when, @PathVariable String failure, HttpServletResponse response)
            throws IOException {
        if (when.equals("late")) {
            response.getOutputStream().write("a beginning\n".getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        }
        if (failure.equals("redis")) {
            throw new JedisConnectionException("gone");
        }
        throw new IOException("gone");
    }
}

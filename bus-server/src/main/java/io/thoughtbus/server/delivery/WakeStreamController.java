package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Limits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The door for subscribers that have their wakes pushed. */
@RestController
final class WakeStreamController {
    private final WakeStreams streams;

    WakeStreamController(WakeStreams streams) {
        this.streams = streams;
    }

    @GetMapping(path = "/v1/{namespace}/subscriptions/{id}/wakes", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(
            @PathVariable String namespace,
            @PathVariable String id,
            @RequestParam(defaultValue = "16") int max,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.stream(
                DeliveryController.ref(namespace, id),
                Fields.within("max", max, 1, Limits.WAKES),
                lastEventId,
                request,
                response);
    }
}

package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.ExtendRequest;
import io.thoughtbus.protocol.Extended;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.LeaveRequest;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.TakeRequest;
import io.thoughtbus.protocol.WakeVerdict;
import io.thoughtbus.protocol.Wakes;
import io.thoughtbus.server.web.Batches;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The door for subscribers that take wakes and give verdicts. */
@RestController
@RequestMapping("/v1/{namespace}/subscriptions/{id}")
final class DeliveryController {
    private final Takes takes;
    private final Verdicts verdicts;
    private final JsonMapper json;

    DeliveryController(Takes takes, Verdicts verdicts, JsonMapper json) {
        this.takes = takes;
        this.verdicts = verdicts;
        this.json = json;
    }

    @PostMapping("/wakes:take")
    DeferredResult<Wakes> take(
            @PathVariable String namespace, @PathVariable String id, @RequestBody TakeRequest request) {
        return takes.take(ref(namespace, id), request);
    }

    @PostMapping("/wakes:leave")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(@PathVariable String namespace, @PathVariable String id, @RequestBody LeaveRequest request) {
        takes.leave(ref(namespace, id), request.taker());
    }

    @PostMapping("/wakes:extend")
    Extended extend(@PathVariable String namespace, @PathVariable String id, @RequestBody ExtendRequest request) {
        return verdicts.extend(ref(namespace, id), request);
    }

    @PostMapping("/verdicts")
    ResponseEntity<Object> settle(@PathVariable String namespace, @PathVariable String id, @RequestBody JsonNode body) {
        List<Object> read = Batches.read(json, body, WakeVerdict.class, Limits.WAKES);
        return Batches.answer(verdicts.settleAll(ref(namespace, id), read), HttpStatus.OK);
    }

    static SubscriptionRef ref(String namespace, String id) {
        return new SubscriptionRef(Fields.namespace(namespace), Fields.id("id", id));
    }
}

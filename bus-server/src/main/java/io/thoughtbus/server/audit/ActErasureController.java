package io.thoughtbus.server.audit;

import io.thoughtbus.protocol.Fields;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The door for those who must have what an act says forgotten. */
@RestController
final class ActErasureController {
    private final ActErasure erasure;

    ActErasureController(ActErasure erasure) {
        this.erasure = erasure;
    }

    @PostMapping("/v1/{namespace}/erasures")
    @ResponseStatus(HttpStatus.CREATED)
    ActErasure.Erased erase(@PathVariable String namespace, @RequestBody ActErasure.Draft draft) {
        return erasure.erase(Fields.namespace(namespace), draft);
    }
}

package io.thoughtbus.server.explain;

import io.thoughtbus.protocol.ExplainRequest;
import io.thoughtbus.protocol.Explanations;
import io.thoughtbus.protocol.Fields;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The door for those who ask why. */
@RestController
final class ExplainController {
    private final Explainer explainer;

    ExplainController(Explainer explainer) {
        this.explainer = explainer;
    }

    @PostMapping("/v1/{namespace}/explain")
    Explanations explain(@PathVariable String namespace, @RequestBody ExplainRequest request) {
        return explainer.explain(Fields.namespace(namespace), request);
    }
}

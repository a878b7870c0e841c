package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.ComparisonDraft;
import io.thoughtbus.protocol.Fields;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The door to the past of a whole namespace. */
@RestController
@RequestMapping("/v1/{namespace}/replays")
final class ComparisonController {
    private static final String LINES = "application/x-ndjson";

    private final Comparisons comparisons;

    ComparisonController(Comparisons comparisons) {
        this.comparisons = comparisons;
    }

    @PostMapping
    ResponseEntity<Comparison> start(@PathVariable String namespace, @RequestBody ComparisonDraft draft) {
        Comparison replay = comparisons.start(Fields.namespace(namespace), draft);
        return ResponseEntity.accepted()
                .location(URI.create("/v1/" + namespace + "/replays/" + replay.id()))
                .body(replay);
    }

    @GetMapping
    List<Comparison> list(@PathVariable String namespace) {
        return comparisons.list(Fields.namespace(namespace));
    }

    @GetMapping("/{replay}")
    Comparison show(@PathVariable String namespace, @PathVariable String replay) {
        return comparisons.show(ref(namespace, replay));
    }

    @GetMapping("/{replay}/matches")
    void matches(@PathVariable String namespace, @PathVariable String replay, HttpServletResponse response)
            throws IOException {
        ComparisonRef ref = ref(namespace, replay);
        comparisons.require(ref);
        response.setContentType(LINES);
        OutputStream out = new BufferedOutputStream(response.getOutputStream());
        comparisons.write(ref, out);
        out.flush();
    }

    @PostMapping("/{replay}:pause")
    Comparison pause(@PathVariable String namespace, @PathVariable String replay) {
        return comparisons.hold(ref(namespace, replay), true);
    }

    @PostMapping("/{replay}:resume")
    Comparison resume(@PathVariable String namespace, @PathVariable String replay) {
        return comparisons.hold(ref(namespace, replay), false);
    }

    @DeleteMapping("/{replay}")
    Comparison cancel(@PathVariable String namespace, @PathVariable String replay) {
        return comparisons.cancel(ref(namespace, replay));
    }

    private static ComparisonRef ref(String namespace, String replay) {
        return new ComparisonRef(Fields.namespace(namespace), Fields.id("replay", replay));
    }
}

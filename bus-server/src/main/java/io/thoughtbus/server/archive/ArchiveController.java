package io.thoughtbus.server.archive;

import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The door to what is archived. */
@RestController
@RequestMapping("/v1/{namespace}/archive")
@IfArchiving
final class ArchiveController {
    private final Archivist archivist;
    private final Segments segments;
    private final SegmentCheck check;
    private final Namespaces namespaces;
    private final JsonMapper json;

    ArchiveController(
            Archivist archivist, Segments segments, SegmentCheck check, Namespaces namespaces, JsonMapper json) {
        this.archivist = archivist;
        this.segments = segments;
        this.check = check;
        this.namespaces = namespaces;
        this.json = json;
    }

    @GetMapping
    Archivist.Page list(
            @PathVariable String namespace,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        return archivist.list(
                Fields.namespace(namespace), notNegative(after), Fields.within("limit", limit, 1, Limits.PAGE));
    }

    private static long notNegative(long after) {
        if (after < 0) {
            throw new InvalidFieldException("after", "must be the next of a page before but was " + after);
        }
        return after;
    }

    @PostMapping("/segments")
    ResponseEntity<Archivist.Page> seal(@PathVariable String namespace) {
        if (!namespaces.exists(Fields.namespace(namespace))) {
            throw new ProblemException(
                    ProblemType.NO_SUCH_RESOURCE, "there is no namespace " + namespace + ", so nothing to archive");
        }
        return ResponseEntity.status(HttpStatus.CREATED).body(archivist.seal(namespace));
    }

    /** A line for each segment, as it is verified. */
    @GetMapping("/verification")
    void verify(@PathVariable String namespace, HttpServletResponse response) throws IOException {
        Fields.namespace(namespace);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        OutputStream out = response.getOutputStream();
        for (long from : segments.names(namespace).keySet()) {
            out.write(json.writeValueAsBytes(check.verify(namespace, from)));
            out.write('\n');
            out.flush();
        }
    }
}

package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.server.web.Batches;
import io.thoughtbus.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The door for publishers. */
@RestController
final class FactController {
    private static final String LINES = "application/x-ndjson";

    private final FactReader reader;
    private final FactPublisher publisher;
    private final JsonMapper json;

    FactController(FactReader reader, FactPublisher publisher, JsonMapper json) {
        this.reader = reader;
        this.publisher = publisher;
        this.json = json;
    }

    @PostMapping(path = "/v1/{namespace}/facts", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> publish(
            @PathVariable String namespace,
            @RequestParam(defaultValue = "accepted") String durability,
            HttpServletRequest request)
            throws IOException {
        Fields.namespace(namespace);
        Durability wanted = Durability.parse(durability);
        FactReader.Body body = reader.read(request.getInputStream());
        List<Object> answers = publisher.publish(namespace, body.facts(), wanted);
        if (body.isArray()) {
            return Batches.answer(answers, HttpStatus.CREATED);
        }
        if (answers.get(0) instanceof Published published) {
            return ResponseEntity.created(URI.create("/v1/" + namespace + "/facts/" + published.id()))
                    .body(published);
        }
        throw (ProblemException) answers.get(0);
    }

    @PostMapping(path = "/v1/{namespace}/facts", consumes = LINES)
    void publishLines(
            @PathVariable String namespace,
            @RequestParam(defaultValue = "accepted") String durability,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Fields.namespace(namespace);
        Durability wanted = Durability.parse(durability);
        FactLines lines = new FactLines(request.getInputStream(), reader);
        List<Object> facts = lines.next();
        List<Object> answers = facts.isEmpty() ? facts : publisher.publish(namespace, facts, wanted);
        response.setContentType(LINES);
        OutputStream out = response.getOutputStream();
        while (!facts.isEmpty()) {
            for (Object answer : answers) {
                out.write(json.writeValueAsBytes(Batches.body(answer)));
                out.write('\n');
            }
            out.flush();
            facts = lines.next();
            answers = facts.isEmpty() ? facts : publishOrRefuse(namespace, facts, wanted);
        }
    }

    /** Once the answer has begun, even the failure of all is told line by line. */
    private List<Object> publishOrRefuse(String namespace, List<Object> facts, Durability wanted) {
        try {
            return publisher.publish(namespace, facts, wanted);
        } catch (RuntimeException e) {
            return Collections.nCopies(facts.size(), Batches.refusal(e));
        }
    }
}

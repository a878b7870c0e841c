package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Timeline;
import io.thoughtbus.protocol.TimelineQuery;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The door for those who ask what happened. */
@RestController
final class TimelineController {
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final MediaType MERMAID = new MediaType("text", "vnd.mermaid", StandardCharsets.UTF_8);

    private static final List<MediaType> FORMS = List.of(MediaType.APPLICATION_JSON, TEXT, MERMAID);

    private final Timelines timelines;

    TimelineController(Timelines timelines) {
        this.timelines = timelines;
    }

    @GetMapping("/v1/{namespace}/timeline")
    ResponseEntity<Object> timeline(
            @PathVariable String namespace,
            @RequestParam(required = false) @Nullable String fact,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String cause,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String as,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept) {
        MediaType form = form(as, accept);
        TimelineQuery query = new TimelineQuery(
                id("fact", fact), subject, subscription, id("cause", cause), id("after", after), limit);
        Timeline timeline = timelines.tell(Fields.namespace(namespace), query);
        Object body = form.equals(TEXT)
                ? TimelineText.of(timeline)
                : form.equals(MERMAID) ? TimelineDiagram.of(timeline) : timeline;
        return ResponseEntity.ok().contentType(form).body(body);
    }

    private static MediaType form(@Nullable String as, String accept) {
        if (as != null) {
            return switch (as) {
                case "json" -> MediaType.APPLICATION_JSON;
                case "text" -> TEXT;
                case "mermaid" -> MERMAID;
                default -> throw new InvalidFieldException("as", "must be json, text or mermaid");
            };
        }
        try {
            return MediaType.parseMediaTypes(accept).stream()
                    .flatMap(wanted -> FORMS.stream().filter(wanted::includes))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.NOT_ACCEPTABLE, "a timeline is told as JSON, text/plain or text/vnd.mermaid"));
        } catch (InvalidMediaTypeException e) {
            throw new InvalidFieldException("Accept", "must be a list of media types");
        }
    }

    private static @Nullable FactId id(String field, @Nullable String value) {
        return value == null ? null : FactId.parse(field, value);
    }
}

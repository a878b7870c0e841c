package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayDraft;
import io.thoughtbus.server.delivery.SubscriptionRef;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The door to the past. */
@RestController
@RequestMapping("/v1/{namespace}/subscriptions/{id}/replays")
final class ReplayController {
    private final Replays replays;

    ReplayController(Replays replays) {
        this.replays = replays;
    }

    @PostMapping
    ResponseEntity<Replay> start(
            @PathVariable String namespace, @PathVariable String id, @RequestBody ReplayDraft draft) {
        Replay replay = replays.start(ref(namespace, id), draft);
        return ResponseEntity.accepted()
                .location(URI.create("/v1/" + namespace + "/subscriptions/" + id + "/replays/" + replay.id()))
                .body(replay);
    }

    @GetMapping
    List<Replay> list(@PathVariable String namespace, @PathVariable String id) {
        return replays.list(ref(namespace, id));
    }

    @GetMapping("/{replay}")
    Replay show(
            @PathVariable String namespace,
            @PathVariable String id,
            @PathVariable String replay,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "100") int limit) {
        return replays.show(
                replayRef(namespace, id, replay),
                Fields.within("after", after, 0, Integer.MAX_VALUE),
                Fields.within("limit", limit, 1, Limits.PAGE));
    }

    @PostMapping("/{replay}:pause")
    Replay pause(@PathVariable String namespace, @PathVariable String id, @PathVariable String replay) {
        return replays.hold(replayRef(namespace, id, replay), true);
    }

    @PostMapping("/{replay}:resume")
    Replay resume(@PathVariable String namespace, @PathVariable String id, @PathVariable String replay) {
        return replays.hold(replayRef(namespace, id, replay), false);
    }

    @DeleteMapping("/{replay}")
    Replay cancel(@PathVariable String namespace, @PathVariable String id, @PathVariable String replay) {
        return replays.cancel(replayRef(namespace, id, replay));
    }

    private static ReplayRef replayRef(String namespace, String id, String replay) {
        return new ReplayRef(ref(namespace, id), Fields.id("replay", replay));
    }

    private static SubscriptionRef ref(String namespace, String id) {
        return new SubscriptionRef(Fields.namespace(namespace), Fields.id("id", id));
    }
}

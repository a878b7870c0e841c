package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.JournalExtent;
import io.thoughtbus.protocol.NamespaceSettings;
import io.thoughtbus.server.trail.Trail;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The door for what holds in a whole namespace. */
@RestController
final class NamespaceController {
    private final Namespaces namespaces;
    private final RedisJournal journal;
    private final Shards shards;
    private final Trail trail;

    NamespaceController(Namespaces namespaces, RedisJournal journal, Shards shards, Trail trail) {
        this.namespaces = namespaces;
        this.journal = journal;
        this.shards = shards;
        this.trail = trail;
    }

    @GetMapping("/v1/{namespace}")
    NamespaceSettings settings(@PathVariable String namespace) {
        return namespaces.settings(Fields.namespace(namespace));
    }

    @GetMapping("/v1/{namespace}/journal")
    JournalExtent journal(@PathVariable String namespace) {
        Fields.namespace(namespace);
        return new JournalExtent(
                shards.all().mapToObj(shard -> journal.extent(namespace, shard)).toList());
    }

    @PutMapping("/v1/{namespace}")
    NamespaceSettings configure(@PathVariable String namespace, @RequestBody NamespaceSettings settings) {
        namespaces.open(Fields.namespace(namespace));
        trail.note(namespace, "settings", namespace, settings);
        namespaces.configure(namespace, settings);
        return settings;
    }
}

package io.thoughtbus.examples.demo;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.SubscriptionDraft;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is said in the demonstration, and who listens for what. */
final class Script {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<FactDraft> facts = new ArrayList<>();
    private final List<Role> roles = new ArrayList<>();

    private Script() {}

    /** The script that comes with the examples. */
    static Script load() {
        Script script = new Script();
        text("facts.ndjson").lines().forEach(line -> script.facts.add(JSON.readValue(line, FactDraft.class)));
        JSON.readTree(text("subscriptions.json")).forEach(node -> script.roles.add(JSON.treeToValue(node, Role.class)));
        return script;
    }

    List<FactDraft> facts() {
        return facts;
    }

    List<Role> roles() {
        return roles;
    }

    /** How a fact stands to the truth: negated, past or hypothetical; empty if it simply holds. */
    static String stance(FactDraft fact) {
        return String.valueOf(fact.attributes().getOrDefault("stance", ""));
    }

    private static String text(String name) {
        try (InputStream stream = Script.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A subscriber of the demonstration. */
    record Role(
            String id,
            String subscriber,
            Interest interest,
            double threshold,
            @Nullable String filter) {

        SubscriptionDraft draft() {
            SubscriptionDraft draft = SubscriptionDraft.of(subscriber, String.valueOf(interest.text()))
                    .withInterest(interest)
                    .withThreshold(threshold)
                    .withGuard(true);
            return filter == null ? draft : draft.withFilter(filter);
        }
    }
}

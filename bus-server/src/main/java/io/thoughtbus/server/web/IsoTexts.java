package io.thoughtbus.server.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Reads durations and instants from ISO-8601 texts alone: a bare number would leave its unit to be guessed. */
final class IsoTexts<T> extends StdDeserializer<T> {
    private final Class<T> type;
    private final Function<String, T> parse;

    private IsoTexts(Class<T> type, Function<String, T> parse) {
        super(type);
        this.type = type;
        this.parse = parse;
    }

    static JacksonModule module() {
        return new SimpleModule("iso-texts")
                .addDeserializer(Duration.class, new IsoTexts<>(Duration.class, Duration::parse))
                .addDeserializer(Instant.class, new IsoTexts<>(Instant.class, Instant::parse));
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return type.cast(context.handleUnexpectedToken(type, parser));
        }
        try {
            return parse.apply(parser.getString());
        } catch (DateTimeException e) {
            return type.cast(context.handleWeirdStringValue(type, parser.getString(), "not ISO-8601"));
        }
    }
}

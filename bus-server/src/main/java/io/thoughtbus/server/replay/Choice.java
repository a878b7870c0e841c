package io.thoughtbus.server.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thoughtbus.protocol.About;
import org.jspecify.annotations.Nullable;

/**
 * Which facts of its range a replay or an export looks at, as it was asked for; what is absent chooses all.
 *
 * @param filter in CEL
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Choice(
        @Nullable String subject,
        @Nullable String publisher,
        @Nullable String filter,
        @Nullable About about) {
    /** All facts. */
    public static final Choice ALL = new Choice(null, null, null, null);
}

package io.thoughtbus.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs checkpoints, or has signed them.
 *
 * @param key in its written form, {@code name+id+key}
 * @param from when it was made
 * @param until when it ceased to sign; absent while it signs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyValidity(
        String key, Instant from, @Nullable Instant until) {}

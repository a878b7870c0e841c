package io.thoughtbus.client;

import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.protocol.WakeVerdict;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a handler makes of a wake: done, later or never. */
public sealed interface Verdict {

    /** The wake is finished. */
    static Verdict done() {
        return new Done(null);
    }

    /** The wake is finished, and its fact was of the kind that the interest means, or was not. */
    static Verdict done(boolean relevant) {
        return new Done(relevant);
    }

    /** The wake is to come back after the subscription's backoff. */
    static Verdict later(String reason) {
        return new Later(null, Objects.requireNonNull(reason, "reason"));
    }

    /** The wake is to come back after this delay, up to 12 h. */
    static Verdict later(Duration delay, String reason) {
        return new Later(Objects.requireNonNull(delay, "delay"), Objects.requireNonNull(reason, "reason"));
    }

    /** The wake is given up, for this reason, and kept as a dead letter. */
    static Verdict never(String reason) {
        return new Never(Objects.requireNonNull(reason, "reason"));
    }

    /** The verdict on a wake as it travels. */
    WakeVerdict on(Wake wake);

    /** The wake is finished. */
    record Done(@Nullable Boolean relevant) implements Verdict {
        @Override
        public WakeVerdict on(Wake wake) {
            return new WakeVerdict(wake.id(), WakeVerdict.Kind.DONE, null, null, relevant, wake.attempt());
        }
    }

    /** The wake is to come back. */
    record Later(@Nullable Duration delay, String reason) implements Verdict {
        public Later {
            if (delay != null) {
                Fields.within("delay", delay, Duration.ZERO, Limits.LEASE);
            }
        }

        @Override
        public WakeVerdict on(Wake wake) {
            return new WakeVerdict(
                    wake.id(), WakeVerdict.Kind.LATER, delay, Reasons.fitting(reason), null, wake.attempt());
        }
    }

    /** The wake is given up. */
    record Never(String reason) implements Verdict {
        @Override
        public WakeVerdict on(Wake wake) {
            return new WakeVerdict(
                    wake.id(), WakeVerdict.Kind.NEVER, null, Reasons.fitting(reason), null, wake.attempt());
        }
    }
}

/** Forgetting: facts that are too old or too many leave the journal, once nothing needs them any more. */
@ApplicationModule(allowedDependencies = {"loop", "redis", "journal"})
@NullMarked
package io.thoughtbus.server.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** The archive: sealed segments of the journal in files, read and verified without loading them back into Redis. */
@ApplicationModule(allowedDependencies = {"loop", "redis", "web", "journal", "retention", "erasure", "audit"})
@NullMarked
package io.thoughtbus.server.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

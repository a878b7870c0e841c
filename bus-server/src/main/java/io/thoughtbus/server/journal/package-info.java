/** The journal: facts accepted, kept in order, and read back by position. */
@ApplicationModule(allowedDependencies = {"redis", "web", "trail"})
@NullMarked
package io.thoughtbus.server.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

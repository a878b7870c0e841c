/** The guard: tells from a fact's words and its embedding whether it asserts something or only speaks of it. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.thoughtbus.server.guard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

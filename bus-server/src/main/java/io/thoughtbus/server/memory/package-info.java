/** Live memory: the facts whose lifetime has not ended, by id, by subject and by meaning. */
@ApplicationModule(allowedDependencies = {"redis", "web", "journal", "erasure"})
@NullMarked
package io.thoughtbus.server.memory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

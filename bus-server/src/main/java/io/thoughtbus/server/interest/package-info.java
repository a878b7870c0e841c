/** Interests: compiled to one vector, a threshold and a filter each, searched, and decided exactly. */
@ApplicationModule(allowedDependencies = {"redis", "web", "journal", "learning", "guard", "recent"})
@NullMarked
package io.thoughtbus.server.interest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** The newest facts of a namespace, read backwards from where its journal ends. */
@ApplicationModule(allowedDependencies = {"journal", "guard"})
@NullMarked
package io.thoughtbus.server.recent;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
